package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/** See {@link Multistep}. */
final class MultistepTrajectory extends SdeTrajectory {
    private final TimeGrid grid;
    private final double eta;
    private final boolean firstJump;
    private final Multistep.Correction correction;
    private int index;

    /** The clean estimate of the step before and that step's gain; no value where there is no slope to take. */
    private final DeferredArray previousEstimate = newArray();

    private double previousGain;

    MultistepTrajectory(
            Sde sde,
            NDArray y,
            NoiseSource noise,
            TimeGrid grid,
            double eta,
            boolean firstJump,
            Multistep.Correction correction) {
        super(sde, y, noise);
        this.grid = grid;
        this.eta = eta;
        this.firstJump = firstJump;
        this.correction = correction;
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
        LinearCombination mean = step.mean(estimate, state(), y());
        NDArray previous = previousEstimate.value();
        if (previous != null) {
            double slope = step.signal() * correction.weight(step) / previousGain;
            mean.plus(slope, estimate).plus(-slope, previous);
        }
        if (isJump) {
            // fresh noise cuts the path: what came before it says nothing about the slope after it
            previousEstimate.drop();
        } else {
            previousEstimate.become(estimate);
            previousGain = step.logSnrGain();
        }
        index++;
        evaluate(withNoise(mean, step.noise(), index), next);
    }
}
