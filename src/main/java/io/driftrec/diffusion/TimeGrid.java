package io.driftrec.diffusion;

/**
 * The times {@code t_0 > t_1 > ... > t_(n-1)} at which a sampler evaluates the score. Immutable.
 *
 * <p>The last time is not 0, where the score is singular, but a small one from which the last step jumps to the image. Training
 * covers [0.01, 1]; sampling ends at 0.03 (DriftRec, Table I).
 */
final class TimeGrid {
    /** The paper's t_eps. */
    static final double LAST_TIME = 0.03;

    /** Where training begins. */
    private static final double LEAST_TIME = 0.01;

    static final int MAX_POINTS = 1000;

    private final double[] times;

    private TimeGrid(double[] times) {
        this.times = times;
    }

    /** Evenly in t from 1 to last, both included; a single point is 1. */
    static TimeGrid uniform(int points, double last) {
        return uniform(1, last, points);
    }

    /** Evenly in t from first to last, both included; a single point is the first. */
    static TimeGrid uniform(double first, double last, int points) {
        double[] times = new double[points];
        for (int i = 0; i < points; i++) {
            times[i] = between(first, last, i, points);
        }
        return new TimeGrid(times);
    }

    /** {@code 1, 1 - 1/n, ..., 1/n}, so that the step after the last point would end at 0; or evenly to 0.01 where 1/n is below. */
    static TimeGrid uniformToZero(int points) {
        return uniform(points, Math.max(1.0 / points, LEAST_TIME));
    }

    /** Evenly in {@link Sde#logSnr lambda} from first to last, both included; a single point is the first. */
    static TimeGrid uniformInLogSnr(Sde sde, double first, double last, int points) {
        double[] times = new double[points];
        for (int i = 0; i < points; i++) {
            double lambda = between(sde.logSnr(first), sde.logSnr(last), i, points);
            times[i] = i == 0 ? first : i == points - 1 ? last : timeOf(lambda, sde, last, first);
        }
        return new TimeGrid(times);
    }

    /** This grid with 1 before it. */
    TimeGrid afterJump() {
        double[] longer = new double[times.length + 1];
        longer[0] = 1;
        System.arraycopy(times, 0, longer, 1, times.length);
        return new TimeGrid(longer);
    }

    int points() {
        return times.length;
    }

    double at(int index) {
        return times[index];
    }

    boolean isLast(int index) {
        return index == times.length - 1;
    }

    private static double between(double first, double last, int index, int points) {
        if (index == 0) {
            return first;
        }
        return index == points - 1 ? last : first + (last - first) * index / (points - 1);
    }

    /** Inverts lambda, which falls monotonically with t, by bisection to the last bit. */
    private static double timeOf(double lambda, Sde sde, double low, double high) {
        double middle = (low + high) / 2;
        while (low < middle && middle < high) {
            if (sde.logSnr(middle) > lambda) {
                low = middle;
            } else {
                high = middle;
            }
            middle = (low + high) / 2;
        }
        return middle;
    }

    static void requirePoints(int steps) {
        if (steps < 1 || steps > MAX_POINTS) {
            throw new IllegalArgumentException("steps is " + steps + ": must be 1 to " + MAX_POINTS);
        }
    }

    static void requireLastTime(double lastTime) {
        if (!(lastTime > 0 && lastTime < 1)) {
            throw new IllegalArgumentException("lastTime is " + lastTime + ": must be above 0 and below 1");
        }
    }
}
