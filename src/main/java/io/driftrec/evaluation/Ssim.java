package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;

/**
 * Structural similarity (Wang, Bovik, Sheikh, Simoncelli, 2004) of 8 bit RGB, with the paper's settings: a uniform 9x9
 * window, sample covariance (n / (n - 1)), K1 = 0.01, K2 = 0.03, range 255, the mean over all window positions inside the
 * image and over the channels:
 *
 * <pre>SSIM = mean of (2 mx my + C1)(2 sxy + C2) / ((mx^2 + my^2 + C1)(sxx + syy + C2)),   C = (K 255)^2</pre>
 *
 * Sums over windows are exact integers.
 */
public final class Ssim {
    /** The least width and height of an image, in pixels: those of the window. */
    public static final int SMALLEST_SIDE = 9;

    static final int WINDOW = SMALLEST_SIDE;

    private static final int COUNT = WINDOW * WINDOW;
    private static final double C1 = 0.01 * 255 * 0.01 * 255;
    private static final double C2 = 0.03 * 255 * 0.03 * 255;

    private Ssim() {}

    /**
     * The similarity, the same for both orders of the arguments.
     *
     * @return at most 1, for equal images
     * @throws IllegalArgumentException for images of different sizes, or with a side below 9
     */
    public static double of(Rgb8 restored, Rgb8 reference) {
        Psnr.checkSameSize(restored, reference);
        SmallestSide.check(restored, SMALLEST_SIDE, "SSIM");
        return (ofChannel(restored, reference, 0)
                        + ofChannel(restored, reference, 1)
                        + ofChannel(restored, reference, 2))
                / 3;
    }

    private static double ofChannel(Rgb8 restored, Rgb8 reference, int channel) {
        int width = restored.width();
        ColumnSums columns = new ColumnSums(width);
        double sum = 0;
        for (int y = 0; y < restored.height(); y++) {
            columns.add(restored, reference, channel, y, 1);
            if (y >= WINDOW) {
                columns.add(restored, reference, channel, y - WINDOW, -1);
            }
            if (y >= WINDOW - 1) {
                sum += columns.similarities();
            }
        }
        return sum / ((double) (width - WINDOW + 1) * (restored.height() - WINDOW + 1));
    }

    /** Sums of x, y, xx, yy and xy over the rows of the window, for every column. */
    private static final class ColumnSums {
        private final int[] x;
        private final int[] y;
        private final int[] xx;
        private final int[] yy;
        private final int[] xy;

        ColumnSums(int width) {
            x = new int[width];
            y = new int[width];
            xx = new int[width];
            yy = new int[width];
            xy = new int[width];
        }

        /** Adds a row (sign 1) or takes it away (sign -1). */
        void add(Rgb8 restored, Rgb8 reference, int channel, int row, int sign) {
            int start = row * x.length;
            for (int i = 0; i < x.length; i++) {
                int a = restored.sample(start + i, channel);
                int b = reference.sample(start + i, channel);
                x[i] += sign * a;
                y[i] += sign * b;
                xx[i] += sign * a * a;
                yy[i] += sign * b * b;
                xy[i] += sign * a * b;
            }
        }

        /** The sum of the similarity over all positions of the window in these rows. */
        double similarities() {
            long[] sums = new long[5];
            double total = 0;
            for (int i = 0; i < x.length; i++) {
                accumulate(sums, i, 1);
                if (i >= WINDOW) {
                    accumulate(sums, i - WINDOW, -1);
                }
                if (i >= WINDOW - 1) {
                    total += similarity(sums);
                }
            }
            return total;
        }

        private void accumulate(long[] sums, int column, int sign) {
            sums[0] += (long) sign * x[column];
            sums[1] += (long) sign * y[column];
            sums[2] += (long) sign * xx[column];
            sums[3] += (long) sign * yy[column];
            sums[4] += (long) sign * xy[column];
        }

        private static double similarity(long[] sums) {
            double mx = (double) sums[0] / COUNT;
            double my = (double) sums[1] / COUNT;
            double sxx = covariance(sums[2], sums[0], sums[0]);
            double syy = covariance(sums[3], sums[1], sums[1]);
            double sxy = covariance(sums[4], sums[0], sums[1]);
            return (2 * mx * my + C1) * (2 * sxy + C2) / ((mx * mx + my * my + C1) * (sxx + syy + C2));
        }

        private static double covariance(long products, long sumA, long sumB) {
            return (double) (COUNT * products - sumA * sumB) / ((long) COUNT * (COUNT - 1));
        }
    }
}
