package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/** See {@link Posterior}: first-order steps, each a function of its two times alone. */
final class PosteriorTrajectory extends ReverseTrajectory {
    /** The step from s to t. */
    interface Steps {
        ExponentialStep step(double s, double t);
    }

    private final TimeGrid grid;
    private final Steps steps;
    private int index;

    PosteriorTrajectory(ForwardProcess process, NDArray y, NoiseSource noise, TimeGrid grid, Steps steps) {
        super(process, y, noise);
        this.grid = grid;
        this.steps = steps;
    }

    @Override
    void step(NDArray score) {
        LinearCombination estimate = cleanEstimate(score);
        if (grid.isLast(index)) {
            finish(estimate);
            return;
        }
        double next = grid.at(index + 1);
        ExponentialStep step = steps.step(time(), next);
        index++;
        evaluate(withNoise(step.mean(estimate, state(), y()), step.noise(), index), next);
    }
}
