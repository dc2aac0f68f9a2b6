package io.driftrec.training;

/**
 * How the parameters follow the gradient. The defaults are the paper's: AdamW with a constant rate of 1e-4, batches of eight a
 * device, an exponential moving average of 0.999.
 *
 * @param batch samples a device and step
 * @param learningRate the largest rate
 * @param warmUpSteps steps in which the rate rises linearly from zero
 * @param finalLearningRate what a cosine brings the rate down to at the end of the budget; the same as {@code learningRate} for a
 *     constant rate
 * @param weightDecay decoupled decay of all parameters, times the rate a step
 * @param maxGradientNorm a longer gradient is shortened to this; infinite for none
 * @param emaDecay decay of the average that is validated and published
 * @param warmsUpEma whether the average's decay is at most {@code (1 + n) / (10 + n)} after n steps, so that it forgets the start
 * @param boundaryWeight weight in the loss of the error's steps across the borders of JPEG's 8x8 blocks, 0 for the paper's loss; see
 *     {@link Objective.Example#loss}
 */
public record OptimizationSettings(
        int batch,
        double learningRate,
        int warmUpSteps,
        double finalLearningRate,
        double weightDecay,
        double maxGradientNorm,
        double emaDecay,
        boolean warmsUpEma,
        double boundaryWeight) {
    /** The paper's settings, with the weight decay that AdamW has by default. */
    public static final OptimizationSettings PAPER =
            new OptimizationSettings(8, 1e-4, 0, 1e-4, 0.01, Double.POSITIVE_INFINITY, 0.999, true, 0);

    public OptimizationSettings {
        require(batch >= 1 && batch <= 4096, "batch", batch, "in 1..4096");
        require(learningRate > 0 && learningRate <= 1, "learningRate", learningRate, "in (0, 1]");
        require(warmUpSteps >= 0, "warmUpSteps", warmUpSteps, "0 or more");
        require(
                finalLearningRate >= 0 && finalLearningRate <= learningRate,
                "finalLearningRate",
                finalLearningRate,
                "in 0..learningRate");
        require(weightDecay >= 0 && weightDecay < 1, "weightDecay", weightDecay, "in [0, 1)");
        require(maxGradientNorm > 0, "maxGradientNorm", maxGradientNorm, "above 0");
        require(emaDecay >= 0 && emaDecay < 1, "emaDecay", emaDecay, "in [0, 1)");
        require(boundaryWeight >= 0 && boundaryWeight <= 100, "boundaryWeight", boundaryWeight, "in 0..100");
    }

    /** Whether the rate falls towards the end of the budget. */
    boolean decays() {
        return finalLearningRate < learningRate;
    }

    /**
     * The rate of a step.
     *
     * @param step from 0
     * @param steps of the whole training
     */
    double learningRate(long step, long steps) {
        if (step < warmUpSteps) {
            return learningRate * (step + 1) / warmUpSteps;
        }
        double progress = decays() ? Math.min(1, (step - warmUpSteps) / (double) Math.max(1, steps - warmUpSteps)) : 0;
        return finalLearningRate + (learningRate - finalLearningRate) * (1 + Math.cos(Math.PI * progress)) / 2;
    }

    /** The average's decay after a step, from 1. */
    double emaDecay(long step) {
        return warmsUpEma ? Math.min(emaDecay, (1.0 + step) / (10 + step)) : emaDecay;
    }

    private static void require(boolean isValid, String field, Object value, String expectation) {
        if (!isValid) {
            throw new IllegalArgumentException("%s must be %s, not %s".formatted(field, expectation, value));
        }
    }
}
