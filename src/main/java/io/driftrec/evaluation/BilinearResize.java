package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;

/**
 * Resizes an image as Pillow's bilinear filter does, with which networks that recognise images were trained and tested: a
 * triangle over the neighbouring pixels that is as many times wider as the image gets smaller (so nothing aliases), along
 * rows first, then along columns, rounded to 8 bits after each. Samples beyond the border do not count. Weights are multiples
 * of 2^-22, as Pillow's are, so that the same sums are rounded up.
 */
final class BilinearResize {
    private static final int CHANNELS = 3;
    private static final int WEIGHT_BITS = 22;

    private BilinearResize() {}

    /** The image in another size. */
    static Rgb8 of(Rgb8 image, int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "cannot resize to " + width + "x" + height + ": sides must be at least 1");
        }
        Rgb8 narrowed = image;
        if (width != image.width()) {
            byte[] samples = new byte[CHANNELS * width * image.height()];
            Axis axis = Axis.of(image.width(), width);
            for (int y = 0; y < image.height(); y++) {
                axis.resample(image.samples(), CHANNELS * y * image.width(), samples, CHANNELS * y * width, CHANNELS);
            }
            narrowed = new Rgb8(width, image.height(), samples);
        }
        if (height == image.height()) {
            return narrowed;
        }
        byte[] samples = new byte[CHANNELS * width * height];
        Axis axis = Axis.of(image.height(), height);
        for (int x = 0; x < width; x++) {
            axis.resample(narrowed.samples(), CHANNELS * x, samples, CHANNELS * x, CHANNELS * width);
        }
        return new Rgb8(width, height, samples);
    }

    /** For every new position along an axis: the first old position that counts, and the weights from there on. */
    private record Axis(int[] first, int[][] weights) {
        static Axis of(int from, int to) {
            double scale = (double) from / to;
            double reach = Math.max(1, scale);
            int[] first = new int[to];
            int[][] weights = new int[to][];
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                first[i] = Math.max(0, (int) (centre - reach + 0.5));
                int end = Math.min(from, (int) (centre + reach + 0.5));
                weights[i] = triangle(first[i], end, centre, reach);
            }
            return new Axis(first, weights);
        }

        private static int[] triangle(int first, int end, double centre, double reach) {
            double[] heights = new double[end - first];
            double sum = 0;
            for (int k = 0; k < heights.length; k++) {
                heights[k] = Math.max(0, 1 - Math.abs((first + k + 0.5 - centre) / reach));
                sum += heights[k];
            }
            int[] weights = new int[heights.length];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (int) Math.round(heights[k] / sum * (1 << WEIGHT_BITS));
            }
            return weights;
        }

        /** One row or column of all channels; {@code step} bytes lie between neighbours along it. */
        void resample(byte[] source, int sourceStart, byte[] target, int targetStart, int step) {
            for (int i = 0; i < first.length; i++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    int sum = 1 << (WEIGHT_BITS - 1);
                    for (int k = 0; k < weights[i].length; k++) {
                        sum += weights[i][k] * (source[sourceStart + (first[i] + k) * step + channel] & 0xFF);
                    }
                    target[targetStart + i * step + channel] = (byte) Math.min(255, sum >> WEIGHT_BITS);
                }
            }
        }
    }
}
