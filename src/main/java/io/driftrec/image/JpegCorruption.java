package io.driftrec.image;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The corruption that is restored: JPEG compression as the training and test data of the paper have it (Welker, Chapman,
 * Gerkmann, "DriftRec", Sec. IV). Files equal those of Pillow byte by byte.
 */
public final class JpegCorruption {
    private JpegCorruption() {}

    /**
     * Compresses once. The result carries neither alpha nor profile.
     *
     * @param quality 0 to 100; 0 acts like 1
     */
    public static byte[] compress(Picture picture, int quality, ChromaSubsampling subsampling) {
        try {
            return JpegEncoder.encode(picture, quality, subsampling);
        } catch (IOException e) {
            throw new UncheckedIOException("JPEG encoder failed on memory", e);
        }
    }

    /** As the paper has it: {@link #unalignedDouble(Picture, int, int, int, int, ChromaSubsampling)} with 4:2:0. */
    public static byte[] unalignedDouble(Picture picture, int firstQuality, int secondQuality, int shiftX, int shiftY) {
        return unalignedDouble(picture, firstQuality, secondQuality, shiftX, shiftY, ChromaSubsampling.CHROMA_420);
    }

    /**
     * Compresses, decodes, drops the first {@code shiftX} columns and {@code shiftY} rows, and compresses again: the block
     * grids of the two do not align unless both shifts are multiples of 8. The paper draws the shifts from 0 to 4.
     *
     * @param firstQuality 0 to 100
     * @param secondQuality 0 to 100
     * @param shiftX 0 to width - 1
     * @param shiftY 0 to height - 1
     * @param subsampling of both
     * @return a JPEG of (width - shiftX) x (height - shiftY)
     */
    public static byte[] unalignedDouble(
            Picture picture,
            int firstQuality,
            int secondQuality,
            int shiftX,
            int shiftY,
            ChromaSubsampling subsampling) {
        try {
            Picture once = JpegDecoder.decode(compress(picture, firstQuality, subsampling));
            return compress(
                    once.crop(shiftX, shiftY, once.width() - shiftX, once.height() - shiftY),
                    secondQuality,
                    subsampling);
        } catch (IOException | ImageRejectedException e) {
            throw new IllegalStateException("JPEG of our own cannot be decoded", e);
        }
    }
}
