package io.driftrec.image;

import com.twelvemonkeys.image.ResampleOp;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/** Changes the size of a picture with a triangle filter that widens when it shrinks, as Pillow's "bilinear" does, in 8 bits. */
public final class Rescaling {
    private Rescaling() {}

    /** The colours at the new size, as a picture of its own without alpha and profile. */
    public static Picture resize(Picture picture, int width, int height) {
        if (picture.width() == width && picture.height() == height) {
            return picture.crop(0, 0, width, height);
        }
        BufferedImage resized = new ResampleOp(width, height, ResampleOp.FILTER_TRIANGLE)
                .filter(Pixels8.of(picture, false, false), null);
        Raster raster = resized.getRaster();
        float[] planes = new float[Picture.CHANNELS * width * height];
        int[] pixels = new int[Picture.CHANNELS * width];
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, pixels);
            for (int i = 0; i < pixels.length; i++) {
                int channel = i % Picture.CHANNELS;
                planes[(channel * height + y) * width + i / Picture.CHANNELS] = pixels[i] / 255f;
            }
        }
        return Picture.rgb(width, height, planes);
    }
}
