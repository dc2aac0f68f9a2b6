package io.driftrec.training;

/**
 * The times t that a network is trained at: the smallest plus the rest up to 1 times {@code u} to a power, {@code u} uniform in
 * 0..1.
 *
 * @param min the smallest, in (0, 1)
 * @param power 1 draws times uniformly; below 1 late ones, where the state is mostly noise, are drawn more often
 */
public record TimeSettings(double min, double power) {
    /** From 0.01 uniformly: the paper's. */
    public static final TimeSettings PAPER = new TimeSettings(0.01, 1);

    public TimeSettings {
        if (!(min > 0 && min < 1)) {
            throw new IllegalArgumentException("the smallest time must be in (0, 1), not " + min);
        }
        if (!(power > 0 && power < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the power of times must be above 0, not " + power);
        }
    }

    /** A time for {@code u} uniform in 0..1. */
    double time(double u) {
        return min + (1 - min) * Math.pow(u, power);
    }
}
