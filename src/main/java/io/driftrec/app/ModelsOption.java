package io.driftrec.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the models are. */
final class ModelsOption {
    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "A folder with one folder per model (default: the one of this installation).")
    private @Nullable Path models;

    Path folder() {
        return models != null ? models : Path.of(System.getProperty("driftrec.home", "."), "models");
    }
}
