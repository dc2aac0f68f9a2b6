package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * One evaluation: the mean of the clean image given the start {@code y + sigma(1) z} and y (Tweedie's formula at t = 1). The
 * closest to the truth in the mean square, and the smoothest.
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
    public Trajectory start(Sde sde, NDArray y, NoiseSource noise) {
        return new DdimTrajectory(sde, y, noise, TimeGrid.uniform(1, TimeGrid.LAST_TIME), 0, false);
    }
}
