package io.driftrec.registry;

import io.driftrec.network.FileDigest;
import io.driftrec.network.ModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * Versions of models on the local disk, {@code <directory>/<name>/<digest>/<name>/} with card and weights, for all workers of a
 * machine. A version appears in one step, is checked whenever it is taken, and of each model the ones used last are kept.
 */
public final class ModelCache {
    private static final String DRAFT = ".draft-";

    private final Path directory;
    private final int versionsPerModel;
    private final Clock clock;

    /**
     * @param directory created where it is missing
     * @param versionsPerModel those used longest ago are removed beyond this; at least 1
     */
    public ModelCache(Path directory, int versionsPerModel, Clock clock) {
        if (versionsPerModel < 1) {
            throw new IllegalArgumentException("versions per model: " + versionsPerModel + " is not at least 1");
        }
        this.directory = directory;
        this.versionsPerModel = versionsPerModel;
        this.clock = clock;
    }

    /** The version, if it is there undamaged and with this card; a damaged one is removed. */
    Optional<FetchedModel> find(String name, String digest, byte[] card) throws IOException {
        Path version = version(name, digest);
        FetchedModel model = new FetchedModel(name, digest, version.resolve(name));
        try {
            if (Arrays.equals(Files.readAllBytes(model.directory().resolve(ModelRepository.CARD)), card)
                    && FileDigest.of(Files.readAllBytes(model.directory().resolve(ModelRepository.WEIGHTS)))
                            .equals(digest)) {
                Files.setLastModifiedTime(version, FileTime.from(clock.instant()));
                return Optional.of(model);
            }
        } catch (NoSuchFileException absent) {
            if (!Files.exists(version)) {
                return Optional.empty();
            }
        }
        remove(version);
        return Optional.empty();
    }

    /** Adds a version. Where another process has just done the same, its copy stays. */
    FetchedModel store(String name, String digest, byte[] card, byte[] weights) throws IOException {
        Path version = version(name, digest);
        Path draft = Files.createDirectories(version.resolveSibling(DRAFT + UUID.randomUUID()));
        try {
            Path model = Files.createDirectory(draft.resolve(name));
            Files.write(model.resolve(ModelRepository.WEIGHTS), weights);
            Files.write(model.resolve(ModelRepository.CARD), card);
            Files.setLastModifiedTime(draft, FileTime.from(clock.instant()));
            Files.move(draft, version, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            PathUtils.deleteDirectory(draft);
            Optional<FetchedModel> others = find(name, digest, card);
            if (others.isPresent()) {
                return others.get();
            }
            throw failure;
        }
        prune(version);
        return new FetchedModel(name, digest, version.resolve(name));
    }

    private Path version(String name, String digest) {
        return directory.resolve(name).resolve(digest);
    }

    /** Removes the versions used longest ago, never the one just added. */
    private void prune(Path newest) throws IOException {
        List<Path> versions;
        try (Stream<Path> entries = Files.list(newest.resolveSibling("."))) {
            versions = new ArrayList<>(entries.map(Path::normalize)
                    .filter(entry -> !entry.equals(newest.normalize()))
                    .filter(entry -> !String.valueOf(entry.getFileName()).startsWith(DRAFT))
                    .toList());
        }
        versions.sort(Comparator.comparing((Path entry) -> entry.toFile().lastModified())
                .reversed());
        for (Path version : versions.subList(Math.min(versionsPerModel - 1, versions.size()), versions.size())) {
            remove(version);
        }
    }

    /** Out of sight in one step, then away. */
    private static void remove(Path version) throws IOException {
        Path draft = version.resolveSibling(DRAFT + UUID.randomUUID());
        Files.move(version, draft, StandardCopyOption.ATOMIC_MOVE);
        PathUtils.deleteDirectory(draft);
    }
}
