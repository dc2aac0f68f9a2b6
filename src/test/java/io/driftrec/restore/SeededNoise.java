package io.driftrec.restore;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.NoiseSource;
import java.util.Random;

/** Noise that is a function of seed, sample and draw. */
record SeededNoise(long seed, int sample) implements NoiseSource {
    @Override
    public NDArray normal(int draw, Shape shape, NDManager manager) {
        Random random = new Random(seed * 31 + sample * 17L + draw);
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, shape);
    }

    @Override
    public int sign(int draw) {
        return new Random(seed * 31 + sample * 17L + draw).nextBoolean() ? 1 : -1;
    }
}
