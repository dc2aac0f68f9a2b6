package io.driftrec.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A format that is read and written. Which one a file has is decided by its first bytes, never by its name. */
public enum ImageFormat {
    JPEG("image/jpeg", "jpg", 65_500),
    PNG("image/png", "png", Integer.MAX_VALUE),
    WEBP("image/webp", "webp", 16_383);

    private static final byte[] JPEG_START = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
    private static final byte[] PNG_START = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] RIFF = "RIFF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WEBP_FORM = "WEBP".getBytes(StandardCharsets.US_ASCII);
    private static final int WEBP_FORM_OFFSET = 8;

    private final String contentType;
    private final String extension;
    private final int maxSide;

    ImageFormat(String contentType, String extension, int maxSide) {
        this.contentType = contentType;
        this.extension = extension;
        this.maxSide = maxSide;
    }

    /** The media type, as in {@code image/png}. */
    public String contentType() {
        return contentType;
    }

    /** The usual file extension without a dot. */
    public String extension() {
        return extension;
    }

    /** The longest side that is written, in pixels. */
    public int maxSide() {
        return maxSide;
    }

    /** Whether files of this format can store transparency. */
    public boolean storesAlpha() {
        return this != JPEG;
    }

    /** The format called {@code png}, {@code jpeg}, {@code jpg} or {@code webp} in any case; empty for another name. */
    public static Optional<ImageFormat> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format ->
                        format.name().toLowerCase(Locale.ROOT).equals(lower) || format.extension.equals(lower))
                .findFirst();
    }

    /** The format whose signature the bytes start with; empty where none fits. */
    public static Optional<ImageFormat> of(byte[] bytes) {
        if (startsWith(bytes, 0, JPEG_START)) {
            return Optional.of(JPEG);
        }
        if (startsWith(bytes, 0, PNG_START)) {
            return Optional.of(PNG);
        }
        if (startsWith(bytes, 0, RIFF) && startsWith(bytes, WEBP_FORM_OFFSET, WEBP_FORM)) {
            return Optional.of(WEBP);
        }
        return Optional.empty();
    }

    static boolean startsWith(byte[] bytes, int offset, byte[] prefix) {
        return bytes.length >= offset + prefix.length
                && Arrays.equals(bytes, offset, offset + prefix.length, prefix, 0, prefix.length);
    }
}
