package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * Ancestral sampling: each step draws x_t from its posterior given x_s and the clean estimate at s; see {@link ExponentialStep}
 * with omega = {@link ForwardProcess#posteriorStd}. One evaluation a step; the last gives the clean estimate.
 *
 * <p>For the {@link I2sb bridge} this is the authors' sampler, for {@link Indi} its iteration, for an {@link Sde} the same as
 * {@link Ddim} with eta = 1. A bridge is sampled at {@code t = 1, 1 - 1/N, ..., 1/N}, but not below 0.01, which is the least time
 * of training; the authors of I2SB spread N + 1 of their 1000 indices evenly, which is the same to within one of them.
 *
 * @param steps evaluations, 1 to 1000
 */
public record Posterior(int steps) implements Sampler {
    /** {@link #kind()}. */
    public static final String KIND = "posterior";

    public Posterior {
        TimeGrid.requirePoints(steps);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int expectedEvaluations() {
        return steps;
    }

    @Override
    public boolean forgetsStart() {
        return steps == 1;
    }

    @Override
    public Trajectory start(ForwardProcess process, NDArray y, NoiseSource noise) {
        TimeGrid grid =
                process instanceof Bridge ? TimeGrid.uniformToZero(steps) : TimeGrid.uniform(steps, TimeGrid.LAST_TIME);
        return new PosteriorTrajectory(
                process, y, noise, grid, (s, t) -> ExponentialStep.between(process, s, t, process.posteriorStd(s, t)));
    }
}
