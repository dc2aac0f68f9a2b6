package io.driftrec.training;

import java.time.Duration;
import java.util.Optional;

/**
 * When a training ends: after so many steps, or after so much time of training (the time between a stop and the next start does not
 * count), whichever comes first.
 *
 * @param steps at least one
 * @param time above zero
 */
public record Budget(Optional<Long> steps, Optional<Duration> time) {
    public Budget {
        if (steps.isEmpty() && time.isEmpty()) {
            throw new IllegalArgumentException("the budget names neither steps nor time: it must name one");
        }
        if (steps.isPresent() && steps.get() < 1) {
            throw new IllegalArgumentException("steps must be 1 or more, not " + steps.get());
        }
        if (time.isPresent() && (time.get().isNegative() || time.get().isZero())) {
            throw new IllegalArgumentException("time must be above zero, not " + time.get());
        }
    }

    /** A budget of steps. */
    public static Budget ofSteps(long steps) {
        return new Budget(Optional.of(steps), Optional.empty());
    }

    boolean isSpent(long step, Duration trained) {
        return steps.isPresent() && step >= steps.get() || time.isPresent() && trained.compareTo(time.get()) >= 0;
    }

    /** The share that is used up, in 0..1. */
    double share(long step, Duration trained) {
        double ofSteps = steps.map(all -> step / (double) all).orElse(0.0);
        double ofTime =
                time.map(all -> trained.toMillis() / (double) all.toMillis()).orElse(0.0);
        return Math.min(1, Math.max(ofSteps, ofTime));
    }
}
