package io.driftrec.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Turns a {@link Picture} into a file.
 *
 * <p>Samples are {@code round(255 x)} of x clamped to [0, 1], halves up. The colour profile goes along. Per format:
 *
 * <ul>
 *   <li>PNG: lossless, 8 bit; grey pictures as greyscale; with alpha. Quality is ignored.
 *   <li>JPEG: 4:4:4 baseline with the tables of libjpeg; grey pictures as greyscale. JPEG has no alpha: it is dropped and
 *       the colours are written as they are, not blended with any background.
 *   <li>WebP: lossy; with alpha; grey pictures as colour, without a profile for grey.
 * </ul>
 */
public final class ImageEncoder {
    private static final int JPEG_HEADER_END = 20;

    private ImageEncoder() {}

    /** Whether this machine can write the format. WebP needs a native library, which other platforms than the usual lack. */
    public static boolean canWrite(ImageFormat format) {
        return format != ImageFormat.WEBP || WebpEncoder.isAvailable();
    }

    /**
     * Encodes one picture.
     *
     * @param quality 1 to 100
     * @throws IllegalArgumentException for another quality, or where a side exceeds {@link ImageFormat#maxSide()}
     * @throws UnsupportedOperationException where {@link #canWrite} says no
     */
    public static byte[] encode(Picture picture, ImageFormat format, int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality is " + quality + ": it must be between 1 and 100");
        }
        if (Math.max(picture.width(), picture.height()) > format.maxSide()) {
            throw new IllegalArgumentException("picture is " + picture.width() + "x" + picture.height() + ": " + format
                    + " stores sides of at most " + format.maxSide() + " pixels");
        }
        if (!canWrite(format)) {
            throw new UnsupportedOperationException(format + " cannot be written on " + System.getProperty("os.name")
                    + "/" + System.getProperty("os.arch") + ": its native library is missing; use PNG or JPEG");
        }
        try {
            return switch (format) {
                case PNG -> PngEncoder.encode(picture);
                case JPEG -> jpeg(picture, quality);
                case WEBP -> WebpEncoder.encode(picture, quality);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(format + " encoder failed on memory", e);
        }
    }

    private static byte[] jpeg(Picture picture, int quality) throws IOException {
        byte[] file = JpegEncoder.encode(picture, quality, ChromaSubsampling.CHROMA_444);
        IccProfile profile = picture.profile().orElse(null);
        if (profile == null) {
            return file;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + profile.size() + 1024);
        out.write(file, 0, JPEG_HEADER_END);
        JpegMarkers.writeProfile(out, profile);
        out.writeBytes(Arrays.copyOfRange(file, JPEG_HEADER_END, file.length));
        return out.toByteArray();
    }
}
