package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;

/**
 * How much larger the steps across the boundaries of 8x8 blocks are than those elsewhere (Yim and Bovik, "Quality
 * Assessment of Deblocked Images", 2011), for samples in [0, 1]:
 *
 * <pre>BEF = log2(8) / log2(min(H, W)) * max(0, D_boundary - D_inside)</pre>
 *
 * with D the sum of squared differences of horizontal and vertical neighbours over their count. The paper's numbers come
 * from torchjpeg, and so do two quirks that are kept: differences are summed over the channels while counts are those of
 * one channel; and the boundaries are counted as {@code H (floor(W / 8) - 1)}, one fewer than are summed where W is not a
 * multiple of 8 (H likewise). Tables give BEF times 10^4.
 */
public final class BlockingEffectFactor {
    private static final int BLOCK = 8;
    private static final double PEAK_SQUARED = 255.0 * 255.0;

    private BlockingEffectFactor() {}

    /**
     * The factor of all three channels together.
     *
     * @return at least 0; 0 for an image too small to have a counted boundary (both sides below 16)
     */
    public static double of(Rgb8 image) {
        return ofChannels(image, 0, 3);
    }

    /** The factor of the channels {@code first} to {@code end - 1}. */
    static double ofChannels(Rgb8 image, int first, int end) {
        int width = image.width();
        int height = image.height();
        long boundaryCount =
                (long) height * Math.max(0, width / BLOCK - 1) + (long) width * Math.max(0, height / BLOCK - 1);
        if (boundaryCount == 0) {
            return 0;
        }
        long insideCount = (long) height * (width - 1) + (long) width * (height - 1) - boundaryCount;
        long boundary = 0;
        long inside = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int pixel = y * width + x;
                if (x + 1 < width) {
                    long step = squaredStep(image, pixel, pixel + 1, first, end);
                    boundary += isBlockEnd(x) ? step : 0;
                    inside += isBlockEnd(x) ? 0 : step;
                }
                if (y + 1 < height) {
                    long step = squaredStep(image, pixel, pixel + width, first, end);
                    boundary += isBlockEnd(y) ? step : 0;
                    inside += isBlockEnd(y) ? 0 : step;
                }
            }
        }
        double excess = ((double) boundary / boundaryCount - (double) inside / insideCount) / PEAK_SQUARED;
        return excess <= 0 ? 0 : excess * Math.log(BLOCK) / Math.log(Math.min(width, height));
    }

    private static boolean isBlockEnd(int position) {
        return position % BLOCK == BLOCK - 1;
    }

    private static long squaredStep(Rgb8 image, int pixel, int neighbour, int first, int end) {
        long sum = 0;
        for (int channel = first; channel < end; channel++) {
            int difference = image.sample(pixel, channel) - image.sample(neighbour, channel);
            sum += (long) difference * difference;
        }
        return sum;
    }
}
