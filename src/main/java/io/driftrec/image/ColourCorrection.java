package io.driftrec.image;

/**
 * Global colour correction: diffusion sampling may shift an image's colours as a whole, while JPEG compression keeps each
 * channel's mean. So the mean of the corrupted image is given back (Welker, Chapman, Gerkmann, "DriftRec", Sec. IV-H):
 *
 * <pre>x_c += mean(y_c) - mean(x_c), c = red, green, blue</pre>
 *
 * In float, before clamping and quantisation; the reference code does the same on 8 bit images.
 */
public final class ColourCorrection {
    private ColourCorrection() {}

    /**
     * Shifts each channel of {@code restored}, in place, to the mean it has in {@code corrupted}.
     *
     * @param restored x: (3, H, W), without padding
     * @param corrupted y: (3, H, W), of the same size
     */
    public static void matchMeans(float[] restored, float[] corrupted) {
        if (restored.length != corrupted.length || restored.length % Picture.CHANNELS != 0) {
            throw new IllegalArgumentException("restored has " + restored.length + " samples, corrupted "
                    + corrupted.length + ": both need three planes of one size");
        }
        int pixels = restored.length / Picture.CHANNELS;
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            int start = channel * pixels;
            float shift = (float) (mean(corrupted, start, pixels) - mean(restored, start, pixels));
            for (int i = start; i < start + pixels; i++) {
                restored[i] += shift;
            }
        }
    }

    private static double mean(float[] planes, int start, int pixels) {
        double sum = 0;
        for (int i = start; i < start + pixels; i++) {
            sum += planes[i];
        }
        return sum / pixels;
    }
}
