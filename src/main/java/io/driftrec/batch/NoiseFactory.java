package io.driftrec.batch;

import io.driftrec.diffusion.NoiseSource;

/** Makes the noise of one sample of a job: a function of its arguments, so that a repeated job repeats its result. */
@FunctionalInterface
public interface NoiseFactory {
    /**
     * @param seed the job's
     * @param sample 0 for the first sample
     */
    NoiseSource noise(long seed, int sample);
}
