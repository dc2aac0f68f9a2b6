package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/** See {@link Ddim}. */
final class DdimTrajectory extends ReverseTrajectory {
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
        NDArray estimate = cleanEstimate(score);
        if (grid.isLast(index)) {
            finish(estimate);
            return;
        }
        double next = grid.at(index + 1);
        boolean isJump = firstJump && index == 0;
        double omega = isJump ? sde().std(next) : eta * ExponentialStep.posteriorStd(sde(), time(), next);
        ExponentialStep step = ExponentialStep.between(sde(), time(), next, omega);
        index++;
        try (estimate) {
            LinearCombination mean = LinearCombination.of(step.estimate(), estimate)
                    .plus(step.state(), state())
                    .plus(step.image(), y());
            evaluate(withNoise(mean, step.noise(), index), next);
        }
    }
}
