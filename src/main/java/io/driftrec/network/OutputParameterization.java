package io.driftrec.network;

/** What a score network's output means, and with it how its input is scaled. */
public sealed interface OutputParameterization {
    /** The name in a model card: {@code score} or {@code residual}. */
    String label();

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
    }
}
