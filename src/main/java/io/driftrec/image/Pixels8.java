package io.driftrec.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.jspecify.annotations.Nullable;

/**
 * Lays a picture out for an 8 bit codec: one or three colour samples a pixel, alpha behind them where it is wanted.
 *
 * <p>A grey picture's sample is the mean of its three planes: they are equal after decoding, and after a restoration the
 * mean is the estimate with the least noise.
 */
final class Pixels8 {
    private Pixels8() {}

    static BufferedImage of(Picture picture, boolean asGrey, boolean withAlpha) {
        byte[] alpha = withAlpha ? picture.alpha().orElse(null) : null;
        byte[] samples = samples(picture, asGrey, alpha);
        int bands = samples.length / picture.pixels();
        int[] offsets = new int[bands];
        for (int band = 0; band < bands; band++) {
            offsets[band] = band;
        }
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(samples, samples.length),
                picture.width(),
                picture.height(),
                picture.width() * bands,
                bands,
                offsets,
                null);
        ComponentColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(asGrey ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
                alpha != null,
                false,
                alpha != null ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                DataBuffer.TYPE_BYTE);
        return new BufferedImage(colours, raster, false, null);
    }

    private static byte[] samples(Picture picture, boolean asGrey, byte @Nullable [] alpha) {
        int pixels = picture.pixels();
        float[] planes = picture.planes();
        int colours = asGrey ? 1 : Picture.CHANNELS;
        int bands = alpha == null ? colours : colours + 1;
        byte[] samples = new byte[Math.multiplyExact(pixels, bands)];
        for (int i = 0; i < pixels; i++) {
            int at = i * bands;
            if (asGrey) {
                samples[at] = Rgb8.quantise((planes[i] + planes[pixels + i] + planes[2 * pixels + i]) / 3f);
            } else {
                for (int channel = 0; channel < colours; channel++) {
                    samples[at + channel] = Rgb8.quantise(planes[channel * pixels + i]);
                }
            }
            if (alpha != null) {
                samples[at + colours] = alpha[i];
            }
        }
        return samples;
    }
}
