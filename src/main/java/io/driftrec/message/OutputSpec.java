package io.driftrec.message;

/**
 * The format of the restored image.
 *
 * @param format {@code png}, {@code jpeg} or {@code webp}
 * @param quality 1 to 100; of JPEG (4:4:4) and WebP
 */
public record OutputSpec(String format, int quality) {}
