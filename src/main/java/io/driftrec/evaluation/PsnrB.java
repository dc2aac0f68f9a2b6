package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;

/**
 * PSNR with a penalty for blockiness (Yim and Bovik, "Quality Assessment of Deblocked Images", 2011):
 *
 * <pre>PSNR-B = mean over c of 10 log10(1 / (MSE_c + BEF_c)),   samples in [0, 1]</pre>
 *
 * where BEF is the {@link BlockingEffectFactor} of the restored image alone, so the arguments are not interchangeable. As
 * dB are averaged over the channels, a PSNR-B may exceed the {@link Psnr}, whose channels share one error. This is the
 * definition of the paper's tables (torchjpeg).
 */
public final class PsnrB {
    private static final double PEAK_SQUARED = 255.0 * 255.0;

    private PsnrB() {}

    /**
     * The ratio, with the blockiness of {@code restored}.
     *
     * @return dB; positive infinity for equal images without blocks
     * @throws IllegalArgumentException for images of different sizes
     */
    public static double of(Rgb8 restored, Rgb8 reference) {
        double sum = 0;
        for (int channel = 0; channel < 3; channel++) {
            double mse = Psnr.meanSquareError(restored, reference, channel) / PEAK_SQUARED;
            sum += 10 * Math.log10(1 / (mse + BlockingEffectFactor.ofChannels(restored, channel, channel + 1)));
        }
        return sum / 3;
    }
}
