package io.driftrec.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.NoiseSource;
import java.util.Random;

/** Noise that is a function of (seed, sample, draw). */
record SeededNoise(long seed, int sample) implements NoiseSource {
    @Override
    public NDArray normal(int draw, Shape shape, NDManager manager) {
        Random random = random(draw);
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, shape);
    }

    @Override
    public int sign(int draw) {
        return random(draw).nextBoolean() ? 1 : -1;
    }

    private Random random(int draw) {
        return new Random(seed * 1_000_003 + sample * 10_007L + draw);
    }
}
