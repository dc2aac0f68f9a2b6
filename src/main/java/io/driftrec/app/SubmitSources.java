package io.driftrec.app;

import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which images {@code driftrec submit} asks for. */
final class SubmitSources {
    private static final int MOST_LISTED = 1_000_000;

    @Parameters(paramLabel = "SOURCE", arity = "0..*", description = "Locations of images.")
    private List<String> sources = new ArrayList<>();

    @Option(names = "--from-file", paramLabel = "FILE", description = "A file with one location a line.")
    private @Nullable Path list;

    @Option(
            names = "--prefix",
            paramLabel = "URI",
            description = "All images (" + ImageNames.EXTENSIONS + ") under this prefix.")
    private @Nullable String prefix;

    @Mixin
    private StorageOptions storage = new StorageOptions();

    /**
     * @throws CannotStart when there are none, or one is no location
     */
    List<URI> find() {
        List<URI> found = new ArrayList<>();
        sources.forEach(source -> found.add(location(source)));
        if (list != null) {
            lines(list).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> found.add(location(line)));
        }
        if (prefix != null) {
            found.addAll(under(prefix));
        }
        if (found.isEmpty()) {
            throw new CannotStart("no sources: name locations, --from-file or --prefix");
        }
        return found;
    }

    private static URI location(String text) {
        URI location;
        try {
            location = new URI(text);
        } catch (URISyntaxException malformed) {
            throw new CannotStart("'" + text + "' is not a location: " + malformed.getReason(), malformed);
        }
        if (!location.isAbsolute()) {
            throw new CannotStart("'" + text + "' is not a location: it must begin with s3:, https: or file:");
        }
        return location;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new CannotStart("--from-file " + file + ": " + unreadable, unreadable);
        }
    }

    private List<URI> under(String text) {
        try (ObjectStore store = RoutingStore.open(storage.settingsAlsoReading(LocationPrefix.parse(text)))) {
            List<URI> all = store.list(location(text), MOST_LISTED + 1);
            if (all.size() > MOST_LISTED) {
                throw new CannotStart("--prefix " + text + ": more than " + MOST_LISTED + " objects; submit its parts");
            }
            return all.stream()
                    .filter(location -> ImageNames.isImage(location.getPath()))
                    .toList();
        } catch (StorageException | IllegalArgumentException failure) {
            throw new CannotStart("--prefix " + text + ": " + failure.getMessage(), failure);
        }
    }
}
