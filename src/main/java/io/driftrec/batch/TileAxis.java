package io.driftrec.batch;

import io.driftrec.batch.Tiling.Tiles;
import java.util.Arrays;

/**
 * One axis of a tile plan: where tiles start, and the weight of each tile's pixels in the blended image.
 *
 * <p>The raw window of a tile is 1 with a raised cosine at each side that has a neighbour,
 *
 * <pre>  r(d) = (1 - cos(pi (d + 1/2) / overlap)) / 2,     d = 0 ... overlap - 1 pixels from the side</pre>
 *
 * <p>and the weights are the raw windows divided by their sum at each pixel. They are rounded to multiples of 2^-12 that sum to
 * exactly 1: then a product of a row weight and a column weight is a multiple of 2^-24, which float holds exactly, and the
 * weights of all tiles sum to exactly 1 at every pixel.
 */
final class TileAxis {
    private static final int UNIT = 1 << 12;

    private final int size;
    private final int[] starts;
    private final float[][] weights;

    private TileAxis(int size, int[] starts, float[][] weights) {
        this.size = size;
        this.starts = starts;
        this.weights = weights;
    }

    /** An axis that one tile covers. */
    static TileAxis single(int length) {
        float[] ones = new float[length];
        Arrays.fill(ones, 1);
        return new TileAxis(length, new int[] {0}, new float[][] {ones});
    }

    /** The axis of a padded image, {@code length} pixels long. */
    static TileAxis of(int length, Tiles tiles) {
        int count = count(length, tiles);
        if (count == 1) {
            return single(length);
        }
        int[] starts = starts(length, count, tiles);
        return new TileAxis(tiles.size(), starts, weights(length, starts, tiles));
    }

    /** The number of tiles that {@link #of} would give, without computing them. */
    static int count(int length, Tiles tiles) {
        int stride = tiles.size() - tiles.overlap();
        return length <= tiles.size() ? 1 : (length - tiles.size() + stride - 1) / stride + 1;
    }

    /** Spread evenly, so that the last tile overlaps its neighbour as the others do; the last ends with the image. */
    private static int[] starts(int length, int count, Tiles tiles) {
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            long even = (long) i * (length - tiles.size()) / (count - 1);
            starts[i] = (int) (even - even % Tiles.GRID);
        }
        starts[count - 1] = length - tiles.size();
        return starts;
    }

    private static float[][] weights(int length, int[] starts, Tiles tiles) {
        double[][] raw = new double[starts.length][tiles.size()];
        double[] sum = new double[length];
        for (int i = 0; i < starts.length; i++) {
            for (int d = 0; d < tiles.size(); d++) {
                double rise = i == 0 ? 1 : raisedCosine(d, tiles.overlap());
                double fall = i == starts.length - 1 ? 1 : raisedCosine(tiles.size() - 1 - d, tiles.overlap());
                raw[i][d] = rise * fall;
                sum[starts[i] + d] += raw[i][d];
            }
        }
        float[][] weights = new float[starts.length][tiles.size()];
        for (int pixel = 0; pixel < length; pixel++) {
            share(pixel, starts, raw, sum[pixel], weights);
        }
        return weights;
    }

    /** Rounds the shares of the tiles over one pixel; what rounding leaves goes to the largest. */
    private static void share(int pixel, int[] starts, double[][] raw, double sum, float[][] weights) {
        int left = UNIT;
        int largest = -1;
        for (int i = 0; i < starts.length; i++) {
            int d = pixel - starts[i];
            if (d >= 0 && d < raw[i].length) {
                int units = (int) Math.rint(raw[i][d] / sum * UNIT);
                left -= units;
                weights[i][d] = (float) units / UNIT;
                if (largest < 0 || weights[i][d] > weights[largest][pixel - starts[largest]]) {
                    largest = i;
                }
            }
        }
        weights[largest][pixel - starts[largest]] += (float) left / UNIT;
    }

    private static double raisedCosine(int d, int overlap) {
        return d >= overlap ? 1 : (1 - Math.cos(Math.PI * (d + 0.5) / overlap)) / 2;
    }

    int count() {
        return starts.length;
    }

    /** Length of every tile in pixels. */
    int size() {
        return size;
    }

    int start(int tile) {
        return starts[tile];
    }

    /** The weights of a tile's pixels, {@link #size()} of them in [0, 1]. */
    float[] weights(int tile) {
        return weights[tile].clone();
    }
}
