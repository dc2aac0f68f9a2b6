package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * The randomness of one trajectory. A draw is named, not taken in turn: the same number gives the same values whatever was
 * drawn before, so that a trajectory alone and the same one in any batch see the same noise.
 */
public interface NoiseSource {
    /**
     * Standard normal values.
     *
     * @param draw 0 for the start noise, k for step k
     * @param shape {@code (C, H, W)}
     * @param manager owns the returned array
     */
    NDArray normal(int draw, Shape shape, NDManager manager);

    /** -1 or +1 with equal probability, for step {@code draw}. */
    int sign(int draw);

    /** What makes draws of this source together with those of others that share it. */
    default NoiseGenerator generator() {
        return NoiseGenerator.ONE_BY_ONE;
    }

    /** The draw of that number, to be made later. */
    default NoiseDraw draw(int number) {
        return new NoiseDraw(this, number);
    }

    /** The same without noise at the start: draw 0 is all zeros. */
    default NoiseSource withoutStart() {
        NoiseSource all = this;
        return new NoiseSource() {
            @Override
            public NDArray normal(int draw, Shape shape, NDManager manager) {
                return draw == 0 ? manager.zeros(shape) : all.normal(draw, shape, manager);
            }

            @Override
            public int sign(int draw) {
                return all.sign(draw);
            }

            @Override
            public NoiseDraw draw(int number) {
                return number == 0 ? new NoiseDraw(this, 0) : all.draw(number);
            }
        };
    }
}
