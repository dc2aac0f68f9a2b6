package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/** See {@link EulerHeun}. */
final class EulerHeunTrajectory extends SdeTrajectory {
    private final EulerHeun sampler;
    private final TimeGrid grid;
    private int index;

    /** {@code x + (K1 + K2) / 2} without the part of K2 that waits for its score; no value at the first evaluation of a step. */
    private final DeferredArray half = newArray();

    EulerHeunTrajectory(EulerHeun sampler, Sde sde, NDArray y, NoiseSource noise) {
        super(sde, y, noise);
        this.sampler = sampler;
        this.grid = TimeGrid.uniform(sampler.steps(), sampler.lastTime());
    }

    @Override
    void step(NDArray score) {
        NDArray halfway = half.value();
        if (halfway != null) {
            correct(halfway, score);
        } else if (isConsistent() && grid.isLast(index)) {
            finish(cleanEstimate(score));
        } else if (isConsistent() || EulerHeun.hasCorrector(time(), stepLength())) {
            predict(score);
        } else {
            stepByEulerMaruyama(score);
        }
    }

    private void predict(NDArray score) {
        double h = stepLength();
        double next = time() - h;
        double g = sde().diffusion(time());
        double gNext = sde().diffusion(next);
        double shift = sampler.randomSign() ? sign(index + 1) * Math.sqrt(h) : 0;
        LinearCombination predicted = eulerMean(score, h);
        LinearCombination halfway = eulerMean(score, h / 2);
        if (!endsHere()) {
            halfway.plus(shift * (g - gNext) / 2);
        }
        NoiseDraw z = normal(index + 1);
        predicted.plus(g * Math.sqrt(h), z).plus(shift * g);
        if (!endsHere()) {
            halfway.plus((g + gNext) / 2 * Math.sqrt(h), z);
        }
        half.become(halfway);
        evaluate(predicted, next);
    }

    private void correct(NDArray halfway, NDArray score) {
        double h = stepLength();
        double drift = sde().drift(time());
        double g = sde().diffusion(time());
        half.drop();
        goOn(LinearCombination.of(1, halfway)
                .plus(drift * h / 2, state())
                .plus(-drift * h / 2, y())
                .plus(g * g * h / 2, score));
    }

    private void stepByEulerMaruyama(NDArray score) {
        double h = stepLength();
        double g = sde().diffusion(time());
        goOn(withNoise(eulerMean(score, h), endsHere() ? 0 : g * Math.sqrt(h), index + 1));
    }

    private void goOn(LinearCombination next) {
        if (endsHere()) {
            finish(next);
        } else {
            index++;
            evaluate(next, grid.at(index));
        }
    }

    private double stepLength() {
        return sampler.variant().stepLength(grid, index);
    }

    private boolean isConsistent() {
        return sampler.variant() == Variant.CONSISTENT;
    }

    /** Whether this step's mean is the result. */
    private boolean endsHere() {
        return grid.isLast(index);
    }
}
