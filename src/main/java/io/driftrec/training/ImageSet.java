package io.driftrec.training;

import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.StorageException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The locations of a data set's photographs, in the order of their names, each once: one that a manifest names twice would be trained on
 * and tested with.
 *
 * @param locations absolute
 */
public record ImageSet(List<URI> locations) {
    private static final Set<String> IMAGES = Set.of("jpg", "jpeg", "png", "webp");
    private static final Set<String> MANIFESTS = Set.of("csv", "txt");
    private static final int MOST_IMAGES = 10_000_000;
    private static final long MANIFEST_BYTES = 1L << 30;
    private static final String FILE_COLUMN = "file";

    public ImageSet {
        locations = List.copyOf(locations);
    }

    /**
     * Finds the photographs of a folder or object-store prefix (every name that ends in {@code .jpg}, {@code .jpeg}, {@code .png} or
     * {@code .webp}) or of a manifest: a {@code .csv} whose header has a column {@code file}, or a {@code .txt} with one name a
     * line; names are relative to the manifest.
     *
     * @throws TrainingFailedException with {@code NO_IMAGES} when there are none or the manifest is none
     * @throws StorageException when the store is out of reach
     */
    public static ImageSet find(URI source, ObjectStore store) throws StorageException {
        try {
            String extension = extension(source);
            List<URI> found = MANIFESTS.contains(extension)
                    ? manifest(source, extension.equals("csv"), store)
                    : store.list(source, MOST_IMAGES).stream()
                            .filter(location -> IMAGES.contains(extension(location)))
                            .toList();
            if (found.isEmpty()) {
                throw new TrainingFailedException(
                        TrainingFailure.NO_IMAGES, "no file that ends in %s at %s".formatted(IMAGES, source));
            }
            return new ImageSet(found.stream().sorted().distinct().toList());
        } catch (StorageException e) {
            if (e.reason() == StorageException.Reason.UNAVAILABLE) {
                throw e;
            }
            throw new TrainingFailedException(TrainingFailure.NO_IMAGES, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<URI> manifest(URI manifest, boolean isTable, ObjectStore store) throws StorageException {
        List<String> lines = new String(store.read(manifest, MANIFEST_BYTES), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        int column = 0;
        if (isTable) {
            column = lines.isEmpty() ? -1 : List.of(lines.get(0).split(",", -1)).indexOf(FILE_COLUMN);
            if (column < 0) {
                throw new TrainingFailedException(
                        TrainingFailure.NO_IMAGES, "%s has no column \"%s\"".formatted(manifest, FILE_COLUMN));
            }
            lines = lines.subList(1, lines.size());
        }
        List<URI> locations = new ArrayList<>();
        for (String line : lines) {
            String name = isTable ? line.split(",", -1)[column] : line.strip();
            try {
                locations.add(manifest.resolve(new URI(null, null, name, null)));
            } catch (java.net.URISyntaxException | ArrayIndexOutOfBoundsException e) {
                throw new TrainingFailedException(
                        TrainingFailure.NO_IMAGES, "%s: the line \"%s\" names no file".formatted(manifest, line), e);
            }
        }
        return locations;
    }

    private static String extension(URI location) {
        String path = String.valueOf(location.getPath());
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
