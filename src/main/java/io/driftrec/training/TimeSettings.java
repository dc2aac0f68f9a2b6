package io.driftrec.training;

/**
 * The times t that a network is trained at: the smallest plus the rest up to 1 times {@code u} to a power, {@code u} uniform in
 * 0..1.
 *
 * @param min the smallest, in (0, 1)
 * @param power 1 draws times uniformly; below 1 late ones, where the state is mostly noise, are drawn more often
 * @param startShare share of the samples that are shown y itself at t = 1 instead, in [0, 1): the start without noise of samplers
 *     that want no more of their first evaluation than the clean estimate
 */
public record TimeSettings(double min, double power, double startShare) {
    /** From 0.01 uniformly: the paper's. */
    public static final TimeSettings PAPER = new TimeSettings(0.01, 1, 0);

    public TimeSettings {
        if (!(min > 0 && min < 1)) {
            throw new IllegalArgumentException("the smallest time must be in (0, 1), not " + min);
        }
        if (!(power > 0 && power < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the power of times must be above 0, not " + power);
        }
        if (!(startShare >= 0 && startShare < 1)) {
            throw new IllegalArgumentException("the share of starts must be in [0, 1), not " + startShare);
        }
    }

    /** Whether a sample is one of the start, for {@code u} uniform in 0..1. */
    boolean isStart(double u) {
        return u < startShare;
    }

    /** Its time. */
    double time(double u) {
        return isStart(u) ? 1 : min + (1 - min) * Math.pow((u - startShare) / (1 - startShare), power);
    }
}
