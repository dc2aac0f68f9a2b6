package io.driftrec.message;

import java.net.URI;

/**
 * The object that a restoration left behind.
 *
 * @param uri where it is
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 * @param bytes its length
 * @param width pixels
 * @param height pixels
 * @param format {@code png}, {@code jpeg} or {@code webp}
 */
public record RestoredImage(URI uri, String sha256, long bytes, int width, int height, String format) {
    public RestoredImage {
        Constraints.location("image.uri", uri);
        Constraints.sha256("image.sha256", sha256);
        Constraints.range("image.bytes", bytes, 1, Long.MAX_VALUE);
        Constraints.range("image.width", width, 1, Integer.MAX_VALUE);
        Constraints.range("image.height", height, 1, Integer.MAX_VALUE);
        Constraints.oneOf("image.format", format, OutputSpec.FORMATS);
    }
}
