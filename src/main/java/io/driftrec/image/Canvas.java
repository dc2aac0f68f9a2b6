package io.driftrec.image;

import java.awt.image.Raster;
import org.jspecify.annotations.Nullable;

/**
 * The picture under construction: takes stored pixels in any order, puts each in its upright place, and scales samples to
 * [0, 1]. Used by one decoder, once.
 */
final class Canvas {
    static final int OPAQUE = 255;

    private final int storedWidth;
    private final int storedHeight;
    private final Orientation orientation;
    private final float[] planes;
    private final byte @Nullable [] alpha;

    Canvas(int storedWidth, int storedHeight, Orientation orientation, boolean hasAlpha) {
        this.storedWidth = storedWidth;
        this.storedHeight = storedHeight;
        this.orientation = orientation;
        int pixels = Math.multiplyExact(storedWidth, storedHeight);
        this.planes = new float[Math.multiplyExact(Picture.CHANNELS, pixels)];
        this.alpha = hasAlpha ? new byte[pixels] : null;
    }

    /** Paints one stored pixel with colours in [0, 1] and an alpha in 0..255, which an opaque canvas ignores. */
    void paint(int x, int y, float red, float green, float blue, int opacity) {
        int index = orientation.uprightIndex(x, y, storedWidth, storedHeight);
        int pixels = storedWidth * storedHeight;
        planes[index] = red;
        planes[pixels + index] = green;
        planes[2 * pixels + index] = blue;
        if (alpha != null) {
            alpha[index] = (byte) opacity;
        }
    }

    /**
     * Paints all pixels from a raster of 8 bit samples: grey, grey and alpha, RGB, or RGB and alpha.
     *
     * @throws ImageRejectedException where the raster has another size than the header said
     */
    void paint(Raster raster) throws ImageRejectedException {
        checkSize(raster);
        int bands = raster.getNumBands();
        int lastColour = bands < Picture.CHANNELS ? 0 : 2;
        boolean hasAlpha = bands == 2 || bands == 4;
        int[] row = new int[storedWidth * bands];
        for (int y = 0; y < storedHeight; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, storedWidth, 1, row);
            for (int x = 0; x < storedWidth; x++) {
                int sample = x * bands;
                paint(
                        x,
                        y,
                        row[sample] / 255f,
                        row[sample + lastColour / 2] / 255f,
                        row[sample + lastColour] / 255f,
                        hasAlpha ? row[sample + bands - 1] : OPAQUE);
            }
        }
    }

    /** Refuses a raster that has another size than the canvas. */
    void checkSize(Raster raster) throws ImageRejectedException {
        if (raster.getWidth() != storedWidth || raster.getHeight() != storedHeight) {
            throw ImageRejectedException.corrupt("pixels are " + raster.getWidth() + "x" + raster.getHeight()
                    + ": the header says " + storedWidth + "x" + storedHeight);
        }
    }

    Picture picture(boolean grey, @Nullable IccProfile profile) {
        return new Picture(
                orientation.uprightWidth(storedWidth, storedHeight),
                orientation.uprightHeight(storedWidth, storedHeight),
                planes,
                alpha,
                grey,
                profile);
    }
}
