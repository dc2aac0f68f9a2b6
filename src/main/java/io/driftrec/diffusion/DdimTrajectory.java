package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/** See {@link Ddim}. */
final class DdimTrajectory extends SdeTrajectory {
    private final TimeGrid grid;
    private final double eta;
    private final boolean firstJump;
    private int index;

    DdimTrajectory(Sde sde, NDArray y, NoiseSource noise, TimeGrid grid, double eta, boolean firstJump) {
        super(sde, y, noise);
        this.grid = grid;
        this.eta = eta;
        this.firstJump = firstJump;
    }

    @Override
    void step(NDArray score) {
        LinearCombination estimate = cleanEstimate(score);
        if (grid.isLast(index)) {
            finish(estimate);
            return;
        }
        double next = grid.at(index + 1);
        boolean isJump = firstJump && index == 0;
        ExponentialStep step = ExponentialStep.of(sde(), time(), next, eta, isJump);
        index++;
        evaluate(withNoise(step.mean(estimate, state(), y()), step.noise(), index), next);
    }
}
