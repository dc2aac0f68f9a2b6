package io.driftrec.app;

import io.driftrec.registry.ModelCache;
import io.driftrec.registry.ModelRegistry;
import io.driftrec.storage.ObjectStore;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How models of an object store come to the local disk. */
final class ModelCacheOptions {
    /** Of each model; a fleet rolls back by one or two. */
    private static final int VERSIONS_ON_DISK = 8;

    @Option(
            names = "--model-cache",
            paramLabel = "DIR",
            description =
                    "Where models of an object store are kept on this machine (default: driftrec/models in $XDG_CACHE_HOME, or in ~/.cache).")
    private @Nullable Path cache;

    @Option(
            names = "--max-model-bytes",
            paramLabel = "N",
            defaultValue = "1073741824",
            description = "Larger weights are refused (default: ${DEFAULT-VALUE}).")
    private long maxModelBytes;

    /**
     * @throws IllegalArgumentException when the limit is none
     */
    ModelRegistry registry(ObjectStore store) {
        if (maxModelBytes < 1) {
            throw new IllegalArgumentException("--max-model-bytes must be at least 1: " + maxModelBytes);
        }
        return new ModelRegistry(
                store, new ModelCache(directory(), VERSIONS_ON_DISK, Clock.systemUTC()), maxModelBytes);
    }

    private Path directory() {
        if (cache != null) {
            return cache;
        }
        String base = System.getenv("XDG_CACHE_HOME");
        Path parent = base != null && !base.isEmpty()
                ? Path.of(base)
                : Path.of(System.getProperty("user.home", "."), ".cache");
        return parent.resolve("driftrec").resolve("models");
    }
}
