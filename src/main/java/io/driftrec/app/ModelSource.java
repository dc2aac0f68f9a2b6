package io.driftrec.app;

import io.driftrec.network.InvalidModelException;
import io.driftrec.network.ModelRepository;
import io.driftrec.registry.ModelRefusedException;
import io.driftrec.registry.ModelRegistry;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.StorageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What {@code --models} names: a directory of models, or a prefix of an object store. A directory may also be what models were
 * published to: then the version in force is taken.
 */
final class ModelSource {
    private static final Pattern LOCATION = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    private final String text;

    ModelSource(String text) {
        this.text = text;
    }

    /** Whether it is a location of an object store rather than a path. */
    boolean isLocation() {
        return LOCATION.matcher(text).matches();
    }

    /**
     * The directory.
     *
     * @throws CannotStart when it is a location
     */
    Path directory() {
        if (isLocation()) {
            throw new CannotStart("--models " + text + ": must be a directory here");
        }
        return Path.of(text);
    }

    /** What the store of models has to be allowed to read. */
    LocationPrefix prefix() {
        try {
            String location = location().toString();
            return LocationPrefix.parse(location.endsWith("/") ? location : location + "/");
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart("--models " + text + ": " + wrong.getMessage(), wrong);
        }
    }

    /** As a location. */
    URI location() {
        return isLocation()
                ? URI.create(text)
                : Path.of(text).toAbsolutePath().normalize().toUri();
    }

    /**
     * The names of the models there.
     *
     * @param known the only name that is tried on a web server, which cannot list what it has
     */
    List<String> names(ModelRegistry registry, String known) throws IOException {
        try {
            if (!isLocation()) {
                Set<String> all = new TreeSet<>(new ModelRepository(directory()).names());
                all.addAll(registry.names(location()));
                return List.copyOf(all);
            }
            return isWeb() ? List.of(known) : registry.names(location());
        } catch (StorageException failure) {
            throw refused(failure);
        }
    }

    /**
     * Where a model lies on the local disk.
     *
     * @throws InvalidModelException when it cannot be had
     */
    ModelRepository repository(String name, ModelRegistry registry) throws IOException {
        try {
            return fetch(name, registry);
        } catch (StorageException failure) {
            throw refused(failure);
        }
    }

    /**
     * As {@link #repository}, for those who can wait.
     *
     * @throws InvalidModelException when there is no such model, or it is damaged
     * @throws StorageException when its store is out of reach
     */
    ModelRepository fetch(String name, ModelRegistry registry) throws IOException, StorageException {
        if (!isLocation() && Files.exists(directory().resolve(name).resolve(ModelRepository.CARD))) {
            return new ModelRepository(directory());
        }
        List<String> there = isLocation() ? List.of(name) : names(registry, name);
        if (!there.contains(name)) {
            throw new InvalidModelException(
                    "no model \"%s\" in %s, which has %s".formatted(name, text, there.isEmpty() ? "none" : there));
        }
        try {
            return registry.fetch(location(), name).repository();
        } catch (ModelRefusedException failure) {
            throw refused(failure);
        }
    }

    private InvalidModelException refused(Exception failure) {
        return new InvalidModelException("--models " + text + ": " + failure.getMessage(), failure);
    }

    private boolean isWeb() {
        return text.startsWith("http:") || text.startsWith("https:");
    }

    @Override
    public String toString() {
        return text;
    }
}
