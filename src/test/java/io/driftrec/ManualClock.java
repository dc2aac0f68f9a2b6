package io.driftrec;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when it is told to, as time of day and as nanoseconds, which overflow after the first second. */
public final class ManualClock extends Clock {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final long FIRST_NANOS = Long.MAX_VALUE - 1_000_000_000L;

    private volatile Instant now = START;

    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    /** As {@link System#nanoTime}. */
    public long nanoTime() {
        return FIRST_NANOS + Duration.between(START, now).toNanos();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
