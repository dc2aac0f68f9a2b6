package io.driftrec.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An image that arrives whether or not others are done.
 *
 * @param seconds after the start
 * @param steps evaluations that it needs
 */
record Arrival(double seconds, int steps) {
    static final int LEAST_STEPS = 6;
    static final int MOST_STEPS = 100;

    /**
     * Poisson arrivals with numbers of steps from 6 to 100, evenly in their logarithm: most requests want few.
     *
     * @param perSecond mean rate
     */
    static List<Arrival> poisson(int count, double perSecond, long seed) {
        Random random = new Random(seed);
        List<Arrival> arrivals = new ArrayList<>();
        double now = 0;
        for (int i = 0; i < count; i++) {
            now += -Math.log1p(-random.nextDouble()) / perSecond;
            arrivals.add(new Arrival(now, steps(random.nextDouble())));
        }
        return arrivals;
    }

    private static int steps(double share) {
        double range = (MOST_STEPS + 1.0) / LEAST_STEPS;
        return (int) (LEAST_STEPS * Math.pow(range, share));
    }

    /** The mean number of steps of {@link #poisson} arrivals. */
    static double meanSteps() {
        double sum = 0;
        for (int steps = LEAST_STEPS; steps <= MOST_STEPS; steps++) {
            sum += steps * Math.log((steps + 1.0) / steps);
        }
        return sum / Math.log((MOST_STEPS + 1.0) / LEAST_STEPS);
    }
}
