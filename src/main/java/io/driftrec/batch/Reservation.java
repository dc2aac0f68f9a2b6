package io.driftrec.batch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;

/** A share of an {@link Admission}'s limit, held until it is closed. Safe for use by several threads. */
public final class Reservation implements AutoCloseable {
    private final long cost;
    private final LongConsumer release;
    private final AtomicBoolean isReleased = new AtomicBoolean();

    Reservation(long cost, LongConsumer release) {
        this.cost = cost;
        this.release = release;
    }

    /** What is held: the cost asked for, at most the limit. */
    public long cost() {
        return cost;
    }

    /** Gives the share back; closing again does nothing. */
    @Override
    public void close() {
        if (isReleased.compareAndSet(false, true)) {
            release.accept(cost);
        }
    }
}
