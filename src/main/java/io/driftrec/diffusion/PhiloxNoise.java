package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Noise from {@link Philox4x32}, computed on the host. A value is a function of seed, sample, draw and the element's place in its
 * image, and of nothing else. Immutable, safe for use by several threads.
 *
 * <p>The layout, which an implementation on a device must share. Words are unsigned 32-bit.
 *
 * <pre>
 *   key      = (seed mod 2^32, seed div 2^32)                       the seed as an unsigned 64-bit number
 *   element e of the row-major (C, H, W) array: block b = e div 4, lane e mod 4
 *   counter  = (b mod 2^32, b div 2^32, draw, sample)
 *   r0 .. r3 = Philox4x32-10(counter, key)
 *   u(r)     = (r + 0.5) 2^-32                                      in (0, 1), double precision
 *   lane 0   = sqrt(-2 ln u(r0)) cos(2 pi u(r1))                    Box-Muller, double precision,
 *   lane 1   = sqrt(-2 ln u(r0)) sin(2 pi u(r1))                    then rounded to single
 *   lane 2   = sqrt(-2 ln u(r2)) cos(2 pi u(r3))
 *   lane 3   = sqrt(-2 ln u(r2)) sin(2 pi u(r3))
 *   sign     = -1 or +1 as the lowest bit of r0 is 0 or 1           of the block b = 2^64 - 1, which no image reaches
 * </pre>
 *
 * @param seed the request's; every value is allowed
 * @param sample which of the samples to average, from 0
 */
public record PhiloxNoise(long seed, int sample) implements NoiseSource {
    private static final long SIGN_BLOCK = -1;
    private static final int LANES = 4;
    private static final double TWO_TO_MINUS_32 = 0x1p-32;

    public PhiloxNoise {
        if (sample < 0) {
            throw new IllegalArgumentException("sample is " + sample + ": must be 0 or more");
        }
    }

    /**
     * {@inheritDoc}
     *
     * @return float32
     */
    @Override
    public NDArray normal(int draw, Shape shape, NDManager manager) {
        return manager.create(values(draw, Math.toIntExact(shape.size())), shape);
    }

    /** The first elements of a draw, row-major. */
    public float[] values(int draw, int size) {
        float[] values = new float[size];
        Philox4x32 philox = keyed();
        int[] words = new int[LANES];
        for (int start = 0; start < values.length; start += LANES) {
            block(philox, start / LANES, draw, words);
            boxMuller(words[0], words[1], values, start);
            boxMuller(words[2], words[3], values, start + 2);
        }
        return values;
    }

    @Override
    public int sign(int draw) {
        int[] words = new int[LANES];
        block(keyed(), SIGN_BLOCK, draw, words);
        return (words[0] & 1) == 0 ? -1 : 1;
    }

    private Philox4x32 keyed() {
        return new Philox4x32((int) seed, (int) (seed >>> Integer.SIZE));
    }

    private void block(Philox4x32 philox, long block, int draw, int[] words) {
        words[0] = (int) block;
        words[1] = (int) (block >>> Integer.SIZE);
        words[2] = draw;
        words[3] = sample;
        philox.encrypt(words);
    }

    /** Two normal values from two words, as far as the array has room for them. */
    private static void boxMuller(int first, int second, float[] values, int start) {
        double radius = Math.sqrt(-2 * Math.log(uniform(first)));
        double angle = 2 * Math.PI * uniform(second);
        if (start < values.length) {
            values[start] = (float) (radius * Math.cos(angle));
        }
        if (start + 1 < values.length) {
            values[start + 1] = (float) (radius * Math.sin(angle));
        }
    }

    private static double uniform(int word) {
        return (Integer.toUnsignedLong(word) + 0.5) * TWO_TO_MINUS_32;
    }
}
