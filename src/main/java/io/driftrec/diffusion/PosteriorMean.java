package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * One evaluation: the mean of the clean image given y and the start, which is y with the process' noise (Tweedie's formula at
 * t = 1). The closest to the truth in the mean square, and the smoothest.
 */
public record PosteriorMean() implements Sampler {
    /** {@link #kind()}. */
    public static final String KIND = "x0";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int expectedEvaluations() {
        return 1;
    }

    @Override
    public boolean forgetsStart() {
        return true;
    }

    @Override
    public Trajectory start(ForwardProcess process, NDArray y, NoiseSource noise) {
        return new Posterior(1).start(process, y, noise);
    }
}
