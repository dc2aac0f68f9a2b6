package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;

/**
 * Peak signal-to-noise ratio of 8 bit RGB: {@code 10 log10(255^2 / MSE)} in dB, with one mean square error over all pixels
 * and channels, as scikit-image computes it.
 */
public final class Psnr {
    private static final double PEAK_SQUARED = 255.0 * 255.0;

    private Psnr() {}

    /**
     * The ratio, the same for both orders of the arguments.
     *
     * @return dB; positive infinity for equal images
     * @throws IllegalArgumentException for images of different sizes
     */
    public static double of(Rgb8 restored, Rgb8 reference) {
        double mse = (meanSquareError(restored, reference, 0)
                        + meanSquareError(restored, reference, 1)
                        + meanSquareError(restored, reference, 2))
                / 3;
        return 10 * Math.log10(PEAK_SQUARED / mse);
    }

    /** The mean square error of one channel, in squared 8 bit levels. */
    static double meanSquareError(Rgb8 restored, Rgb8 reference, int channel) {
        checkSameSize(restored, reference);
        long sum = 0;
        for (int i = 0; i < restored.pixels(); i++) {
            int difference = restored.sample(i, channel) - reference.sample(i, channel);
            sum += (long) difference * difference;
        }
        return (double) sum / restored.pixels();
    }

    static void checkSameSize(Rgb8 restored, Rgb8 reference) {
        if (restored.width() != reference.width() || restored.height() != reference.height()) {
            throw new IllegalArgumentException("restored image is " + restored.width() + "x" + restored.height()
                    + ", its reference " + reference.width() + "x" + reference.height() + ": sizes must agree");
        }
    }
}
