package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import java.util.ArrayList;
import java.util.List;

/** See {@link ProbabilityFlowOde}. Time runs backwards: a step of length h goes from t to t - h. */
final class ProbabilityFlowTrajectory extends SdeTrajectory {
    /** What the evaluation asked for is for. */
    private enum Phase {
        /** The slope at t = 1. */
        START,
        /** The slope a short way on, which decides the first step's length. */
        PROBE,
        /** A stage of an attempted step. */
        STAGE
    }

    private final double tolerance;
    private final double lastTime;
    private final double lastStep;
    private final StepSizeControl control = new StepSizeControl();

    /** dx/dt at the stages so far; the first is that at (x, t). */
    private final List<NDArray> slopes = new ArrayList<>();

    /** Where the present step starts; a copy, since the state asked about changes with each stage. */
    private NDArray x;

    private Phase phase = Phase.START;
    private double t = 1;
    private double h;
    private double slopeNorm;

    ProbabilityFlowTrajectory(ProbabilityFlowOde sampler, Sde sde, NDArray y, NoiseSource noise) {
        super(sde, y, noise);
        this.tolerance = sampler.tolerance();
        this.lastTime = sampler.lastTime();
        this.lastStep = sampler.lastStep();
        this.x = state().duplicate();
    }

    @Override
    void step(NDArray score) {
        slopes.add(slope(score));
        switch (phase) {
            case START -> evaluateProbe();
            case PROBE -> attemptFirstStep();
            case STAGE -> {
                if (slopes.size() <= DormandPrince.LAST_STAGE) {
                    evaluateStage(slopes.size());
                } else {
                    judgeStep(score);
                }
            }
        }
    }

    /** {@code gamma F (y - x) - g^2 score / 2} at the state and time asked about. */
    private NDArray slope(NDArray score) {
        double drift = sde().drift(time());
        double g = sde().diffusion(time());
        return LinearCombination.of(-drift, state())
                .plus(drift, y())
                .plus(-g * g / 2, score)
                .value();
    }

    private void evaluateProbe() {
        slopeNorm = norm(slopes.get(0), x, x);
        if (!Double.isFinite(slopeNorm)) {
            finishWithoutNumber();
            return;
        }
        h = StepSizeControl.probeLength(norm(x, x, x), slopeNorm, t - lastTime);
        phase = Phase.PROBE;
        evaluate(LinearCombination.of(1, x).plus(-h, slopes.get(0)), t - h);
    }

    private void attemptFirstStep() {
        double changeNorm;
        try (NDArray change = slopes.remove(1).subi(slopes.get(0))) {
            changeNorm = norm(change, x, x) / h;
        }
        if (!Double.isFinite(changeNorm)) {
            finishWithoutNumber();
            return;
        }
        control.start(h, slopeNorm, changeNorm, t - lastTime);
        phase = Phase.STAGE;
        attemptStep();
    }

    private void attemptStep() {
        h = control.length(t - lastTime);
        evaluateStage(1);
    }

    private void evaluateStage(int stage) {
        LinearCombination point = LinearCombination.of(1, x);
        addSlopes(point, -h, DormandPrince.weights(stage));
        double node = DormandPrince.node(stage);
        evaluate(point, node == 1 ? endOfStep() : t - node * h);
    }

    private void judgeStep(NDArray score) {
        double errorNorm;
        LinearCombination error = LinearCombination.of(0, x);
        addSlopes(error, h, DormandPrince.errorWeights());
        try (NDArray sum = error.value()) {
            errorNorm = norm(sum, x, state());
        }
        if (!Double.isFinite(errorNorm)) {
            finishWithoutNumber();
        } else if (control.accepts(h, errorNorm)) {
            acceptStep(score);
        } else {
            freeSlopes(1, slopes.size());
            attemptStep();
        }
    }

    private void acceptStep(NDArray score) {
        t = endOfStep();
        if (t == lastTime) {
            finish(eulerMean(score, lastStep));
            return;
        }
        x.close();
        x = state().duplicate();
        // the last stage of this step is the first of the next
        freeSlopes(0, DormandPrince.LAST_STAGE);
        attemptStep();
    }

    private void finishWithoutNumber() {
        finish(LinearCombination.of(Double.NaN, y()));
    }

    private double endOfStep() {
        return h == t - lastTime ? lastTime : t - h;
    }

    private void addSlopes(LinearCombination sum, double scale, List<Double> weights) {
        for (int i = 0; i < weights.size(); i++) {
            sum.plus(scale * weights.get(i), slopes.get(i));
        }
    }

    private void freeSlopes(int from, int to) {
        List<NDArray> obsolete = slopes.subList(from, to);
        obsolete.forEach(NDArray::close);
        obsolete.clear();
    }

    /** The root mean square of {@code v / (tolerance + tolerance max(|a|, |b|))}. */
    private double norm(NDArray v, NDArray a, NDArray b) {
        try (NDArray absA = a.abs();
                NDArray absB = b.abs();
                NDArray scale = NDArrays.maximum(absA, absB).addi(1);
                NDArray ratio = v.div(scale);
                NDArray square = ratio.square();
                NDArray mean = square.mean()) {
            return Math.sqrt(mean.toArray()[0].doubleValue()) / tolerance;
        }
    }
}
