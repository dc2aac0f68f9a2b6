package io.driftrec.network;

import io.driftrec.diffusion.Bridge;
import io.driftrec.diffusion.ForwardProcess;

/**
 * What a score network's output means, and with it how its input is scaled. {@link TrainingTarget} says the same from the other
 * side: what to train it to.
 */
public sealed interface OutputParameterization {
    /** The name in a model card: {@code score}, {@code residual}, {@code displacement} or {@code x0}. */
    String label();

    /**
     * Checks that a network of this architecture can be trained for this process with this output.
     *
     * @throws IllegalArgumentException when it cannot, saying what would fit
     */
    default void checkFits(ForwardProcess process, NcsnppArchitecture architecture) {}

    /**
     * The output is the score itself, as in the DriftRec paper and its reference implementation; the input is the state and
     * the corrupted image, both in the pixel range [0, 1]. With {@link NcsnppArchitecture#divideBySigma} the convolutions
     * estimate minus the noise and the division makes it the score.
     */
    record Score() implements OutputParameterization {
        @Override
        public String label() {
            return "score";
        }
    }

    /**
     * The output is the preconditioned residual between the clean and the corrupted image (Karras et al., "Elucidating the
     * Design Space of Diffusion-Based Generative Models", 2022, applied to the process shifted by y and divided by a):
     *
     * <pre>
     * u~ = (x - y) / a,   s = sigma / a
     * w  = s_w^2 / (s^2 + s_w^2) u~ + s s_w / sqrt(s^2 + s_w^2) F(u~ / sqrt(s^2 + s_w^2), 2 y - 1, sigma)
     * score = -(x - y - a w) / sigma^2
     * </pre>
     *
     * @param residualStd {@code s_w}: the standard deviation of clean minus corrupted pixels in the training data
     */
    record Residual(double residualStd) implements OutputParameterization {
        public Residual {
            if (!(residualStd > 0 && residualStd < 10)) {
                throw new IllegalArgumentException("residualStd must be in (0, 10), not " + residualStd);
            }
        }

        @Override
        public String label() {
            return "residual";
        }

        @Override
        public void checkFits(ForwardProcess process, NcsnppArchitecture architecture) {
            if (process instanceof Bridge) {
                throw new IllegalArgumentException("output residual does not fit process " + process.name()
                        + ", which has no clean image left at t = 1: must be score, displacement or x0");
            }
            requireWhole(this, architecture);
        }
    }

    /**
     * The output is how far the state has moved from the clean image, in units of the process' {@link ForwardProcess#level level}
     * (Liu et al., "I2SB", 2023, equation 12); state and corrupted image go in with pixels in [-1, 1]:
     *
     * <pre>
     * x0_hat = x - level F(2 x - 1, 2 y - 1, level)
     * score  = -F / level
     * </pre>
     */
    record Displacement() implements OutputParameterization {
        @Override
        public String label() {
            return "displacement";
        }

        @Override
        public void checkFits(ForwardProcess process, NcsnppArchitecture architecture) {
            if (!(process instanceof Bridge)) {
                throw new IllegalArgumentException("output displacement does not fit process " + process.name()
                        + ", whose state also drifts: must be score, residual or x0");
            }
            requireWhole(this, architecture);
        }
    }

    /**
     * The output is the clean image itself; all images of the network have pixels in [-1, 1]:
     *
     * <pre>
     * x0_hat = (F(2 x - 1, 2 y - 1, level) + 1) / 2
     * score  = (alpha x0_hat + (1 - alpha) y - x) / level^2
     * </pre>
     */
    record Clean() implements OutputParameterization {
        @Override
        public String label() {
            return "x0";
        }

        @Override
        public void checkFits(ForwardProcess process, NcsnppArchitecture architecture) {
            requireWhole(this, architecture);
        }
    }

    private static void requireWhole(OutputParameterization output, NcsnppArchitecture architecture) {
        if (architecture.divideBySigma()) {
            throw new IllegalArgumentException(
                    "divideBySigma must be false where the output is " + output.label() + ": only a score is so large");
        }
    }
}
