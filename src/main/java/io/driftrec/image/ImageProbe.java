package io.driftrec.image;

import java.util.HexFormat;

/**
 * Reads format and size from a file's content without decoding it: a walk over its segments or chunks that allocates next
 * to nothing. A file that passes may still turn out damaged when its pixels are decoded.
 */
public final class ImageProbe {
    private static final int SHOWN_BYTES = 8;

    private ImageProbe() {}

    /**
     * Reads the header.
     *
     * @param bytes the whole file
     * @throws ImageRejectedException with {@code UNSUPPORTED_FORMAT} or {@code CORRUPT_IMAGE}
     */
    public static ImageHeader probe(byte[] bytes) throws ImageRejectedException {
        ImageFormat format = formatOf(bytes);
        try {
            return switch (format) {
                case JPEG -> {
                    JpegHeader header = JpegHeader.read(bytes);
                    yield header(format, header.width(), header.height(), header.orientation());
                }
                case PNG -> {
                    PngHeader header = PngHeader.read(bytes);
                    yield header(format, header.width(), header.height(), header.orientation());
                }
                case WEBP -> {
                    WebpHeader header = WebpHeader.read(bytes);
                    yield header(format, header.width(), header.height(), header.orientation());
                }
            };
        } catch (RuntimeException e) {
            throw new ImageRejectedException(
                    ImageRejectedException.Reason.CORRUPT_IMAGE, format + " header cannot be read: " + e, e);
        }
    }

    private static ImageHeader header(ImageFormat format, int width, int height, Orientation orientation) {
        return new ImageHeader(
                format, orientation.uprightWidth(width, height), orientation.uprightHeight(width, height));
    }

    private static ImageFormat formatOf(byte[] bytes) throws ImageRejectedException {
        if (bytes.length == 0) {
            throw ImageRejectedException.corrupt("file is empty (0 bytes)");
        }
        ImageFormat format = ImageFormat.of(bytes).orElse(null);
        if (format == null) {
            String start = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(bytes.length, SHOWN_BYTES));
            throw ImageRejectedException.unsupported(
                    "file starts with bytes " + start + ": JPEG, PNG and WebP are decoded");
        }
        return format;
    }
}
