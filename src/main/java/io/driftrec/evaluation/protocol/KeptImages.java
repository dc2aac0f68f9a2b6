package io.driftrec.evaluation.protocol;

import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageEncoder;
import io.driftrec.image.ImageFormat;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Picture;
import io.driftrec.image.Rgb8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;

/** Images that stay on disk as PNG, {@code <condition>/<image>/<method>.png}: those that the report shows, or all. */
public final class KeptImages {
    private static final int UNUSED_QUALITY = 100;

    private final Path folder;
    private final Set<String> names;

    /** @param names of the clean images whose restorations are kept */
    public KeptImages(Path folder, Set<String> names) {
        this.folder = folder;
        this.names = Set.copyOf(names);
    }

    /** Where the image of a cell is, if it is kept. */
    public Path file(CellKey key) {
        return folder.resolve(safe(key.condition()))
                .resolve(distinct(key.image()))
                .resolve(safe(key.method()) + ".png");
    }

    /**
     * Reads a kept image.
     *
     * @throws IOException when the file is damaged
     */
    public Optional<Rgb8> read(CellKey key) throws IOException {
        Path file = file(key);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Rgb8.of(ImageDecoder.decode(Files.readAllBytes(file), ImageLimits.LARGEST)));
        } catch (ImageRejectedException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Whether nothing is missing. */
    boolean isComplete(CellKey key) {
        return !names.contains(key.image()) || Files.isRegularFile(file(key));
    }

    void write(CellKey key, Rgb8 image) throws IOException {
        if (names.contains(key.image())) {
            Path file = file(key);
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.write(draft, png(image.picture()));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE); // an interrupted run leaves no half of an image
        }
    }

    /** A picture as PNG. */
    public static byte[] png(Picture picture) {
        return ImageEncoder.encode(picture, ImageFormat.PNG, UNUSED_QUALITY);
    }

    /** People choose the names of images, of which two must not become one. */
    private static String distinct(String name) {
        String safe = safe(name);
        return safe.equals(name) ? name : safe + "-" + Integer.toHexString(name.hashCode());
    }

    private static String safe(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "_");
    }
}
