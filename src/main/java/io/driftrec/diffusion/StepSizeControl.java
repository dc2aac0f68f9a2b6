package io.driftrec.diffusion;

/**
 * How long the steps of an adaptive Runge-Kutta method are (Hairer, Norsett, Wanner, "Solving Ordinary Differential Equations I",
 * II.4), with the constants of SciPy's {@code solve_ivp}, so that both need the same evaluations. All norms are root mean squares
 * relative to the tolerance.
 *
 * <p>One difference: no step is refused that is as short as {@link #SHORTEST}, nor is one made shorter for its error. A score with
 * rounding noise cannot meet a tolerance below that noise, and would be asked for without end.
 */
final class StepSizeControl {
    static final double SHORTEST = 0.005;

    private static final double SAFETY = 0.9;
    private static final double MIN_FACTOR = 0.2;
    private static final double MAX_FACTOR = 10;
    private static final double EXPONENT = 1.0 / (DormandPrince.ERROR_ORDER + 1);

    private double length;
    private boolean refusedBefore;

    /** The length of a first tentative Euler step. */
    static double probeLength(double stateNorm, double slopeNorm, double interval) {
        double length = stateNorm < 1e-5 || slopeNorm < 1e-5 ? 1e-6 : 0.01 * stateNorm / slopeNorm;
        return Math.min(length, interval);
    }

    /** @param changeNorm of the slope's change over the probe, divided by the probe's length */
    void start(double probeLength, double slopeNorm, double changeNorm, double interval) {
        double curvature = Math.max(slopeNorm, changeNorm);
        double first = curvature <= 1e-15 ? Math.max(1e-6, probeLength * 1e-3) : Math.pow(0.01 / curvature, EXPONENT);
        length = Math.min(Math.min(100 * probeLength, first), interval);
    }

    /** The length of the next step, or of the next attempt, with so much left to go. */
    double length(double remaining) {
        return Math.min(length, remaining);
    }

    /** Judges a step of the given length and sets the next length. */
    boolean accepts(double attempted, double errorNorm) {
        double factor = SAFETY * Math.pow(errorNorm, -EXPONENT);
        if (errorNorm < 1 || attempted <= SHORTEST) {
            double growth = Math.min(refusedBefore ? 1 : MAX_FACTOR, factor);
            length = Math.max(attempted * Math.max(MIN_FACTOR, growth), Math.min(attempted, SHORTEST));
            refusedBefore = false;
            return true;
        }
        length = Math.max(attempted * Math.max(MIN_FACTOR, factor), SHORTEST);
        refusedBefore = true;
        return false;
    }
}
