package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/** See {@link EulerMaruyama}. */
final class EulerMaruyamaTrajectory extends SdeTrajectory {
    private final Variant variant;
    private final TimeGrid grid;
    private int index;

    EulerMaruyamaTrajectory(EulerMaruyama sampler, Sde sde, NDArray y, NoiseSource noise) {
        super(sde, y, noise);
        this.variant = sampler.variant();
        this.grid = TimeGrid.uniform(sampler.steps(), sampler.lastTime());
    }

    @Override
    void step(NDArray score) {
        boolean isLast = grid.isLast(index);
        if (isLast && variant == Variant.CONSISTENT) {
            finish(cleanEstimate(score));
            return;
        }
        double h = variant.stepLength(grid, index);
        double g = sde().diffusion(time());
        LinearCombination mean = eulerMean(score, h);
        if (isLast) {
            finish(mean);
            return;
        }
        index++;
        evaluate(withNoise(mean, g * Math.sqrt(h), index), grid.at(index));
    }
}
