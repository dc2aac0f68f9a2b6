package io.driftrec.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How the stored pixels of a photograph lie: the eight values of the EXIF orientation tag (274, Exif 2.3, 4.6.4).
 *
 * <p>An upright pixel's index is an affine function of the stored position, so that a decoder can write each stored pixel
 * to its upright place without a second copy of the image.
 */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    TURNED_LEFT(true, true, false),
    TRANSVERSED(true, true, true),
    TURNED_RIGHT(true, false, true);

    private static final int TAG = 0x0112;
    private static final int TYPE_SHORT = 3;
    private static final int ENTRY_BYTES = 12;

    private final boolean swapsSides;
    private final boolean reversesX;
    private final boolean reversesY;

    Orientation(boolean swapsSides, boolean reversesX, boolean reversesY) {
        this.swapsSides = swapsSides;
        this.reversesX = reversesX;
        this.reversesY = reversesY;
    }

    /**
     * Reads the tag from an EXIF block (a TIFF header and its first directory). A block that cannot be read says nothing:
     * the picture is upright.
     */
    static Orientation ofExif(byte[] bytes, int start, int end) {
        if (end - start < 14) {
            return UPRIGHT;
        }
        ByteBuffer tiff = ByteBuffer.wrap(bytes, start, end - start).slice();
        int byteOrder = tiff.getShort(0);
        if (byteOrder != 0x4949 && byteOrder != 0x4D4D) {
            return UPRIGHT;
        }
        tiff.order(byteOrder == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return UPRIGHT;
        }
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        int readable = Math.min(entries, (tiff.limit() - directory - 2) / ENTRY_BYTES);
        for (int i = 0; i < readable; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            if (Short.toUnsignedInt(tiff.getShort(entry)) == TAG && tiff.getShort(entry + 2) == TYPE_SHORT) {
                int value = Short.toUnsignedInt(tiff.getShort(entry + 8));
                return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    int uprightWidth(int storedWidth, int storedHeight) {
        return swapsSides ? storedHeight : storedWidth;
    }

    int uprightHeight(int storedWidth, int storedHeight) {
        return swapsSides ? storedWidth : storedHeight;
    }

    /** The row-major index, in the upright picture, of the pixel stored at (x, y). */
    int uprightIndex(int x, int y, int storedWidth, int storedHeight) {
        int column = swapsSides ? y : x;
        int row = swapsSides ? x : y;
        int width = uprightWidth(storedWidth, storedHeight);
        int height = uprightHeight(storedWidth, storedHeight);
        return (reversesY ? height - 1 - row : row) * width + (reversesX ? width - 1 - column : column);
    }
}
