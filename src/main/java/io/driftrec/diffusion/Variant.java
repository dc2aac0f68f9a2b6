package io.driftrec.diffusion;

import java.util.Locale;

/** Which discretisation of the reverse process a sampler takes. */
public enum Variant {
    /**
     * As the authors' code: N network evaluations at times spread over [t_eps, 1], both ends included, but every step of length
     * 1/N; the result is the mean of the last such step. The lengths add up to 1 where the times span 0.97, so that it does not
     * converge to the reverse process as N grows, and too few steps leave noise behind. The paper's numbers come from it with
     * N = 100.
     */
    OFFICIAL,

    /** Steps as long as the times are apart, then the posterior mean of the clean image at t_eps (Tweedie's formula). */
    CONSISTENT;

    /** The paper's number of steps, the only one for which the official variant was tuned. */
    static final int OFFICIAL_STEPS = 100;

    /** The official variant where the paper used it, else the consistent one. */
    static Variant defaultFor(int steps) {
        return steps == OFFICIAL_STEPS ? OFFICIAL : CONSISTENT;
    }

    /** The name in requests and results: {@code official} or {@code consistent}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How far the step goes that starts at a point of the grid; under {@link #CONSISTENT} none starts at the last one. */
    double stepLength(TimeGrid grid, int index) {
        return this == OFFICIAL ? 1.0 / grid.points() : grid.at(index) - grid.at(index + 1);
    }
}
