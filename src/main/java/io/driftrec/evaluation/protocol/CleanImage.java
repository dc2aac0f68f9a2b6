package io.driftrec.evaluation.protocol;

import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.OptionalInt;

/**
 * An undamaged image of the folder that is evaluated.
 *
 * @param name its path from the folder, without extension
 * @param digest of the file: results of another file of that name don't count for it
 * @param label the index of its class, for a classifier
 */
public record CleanImage(String name, Path file, String digest, OptionalInt label) {
    private static final int DIGEST_BYTES = 8;

    /**
     * The image in a file.
     *
     * @throws IOException when the file can't be read
     */
    public static CleanImage read(String name, Path file, OptionalInt label) throws IOException {
        byte[] digest = DerivedSeed.sha256().digest(Files.readAllBytes(file));
        return new CleanImage(name, file, HexFormat.of().formatHex(digest, 0, DIGEST_BYTES), label);
    }

    /**
     * Its colours, without alpha and profile.
     *
     * @param crop side of the square to cut from the centre; a side that is shorter stays as it is
     */
    Picture load(OptionalInt crop, ImageLimits limits) throws IOException, ImageRejectedException {
        Picture whole = ImageDecoder.decode(Files.readAllBytes(file), limits);
        int width = Math.min(whole.width(), crop.orElse(whole.width()));
        int height = Math.min(whole.height(), crop.orElse(whole.height()));
        return whole.crop((whole.width() - width) / 2, (whole.height() - height) / 2, width, height);
    }
}
