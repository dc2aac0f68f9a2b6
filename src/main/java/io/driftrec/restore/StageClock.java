package io.driftrec.restore;

import io.driftrec.message.StageTimings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Times the stages of one image, each of which lasts until the next is entered, and counts what was tried again. For one thread.
 */
final class StageClock {
    private final Instant sent;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final RestoreMetrics metrics;
    private final Map<Stage, Duration> durations = new EnumMap<>(Stage.class);
    private @Nullable Stage stage;
    private long entered;
    private int retries;

    /**
     * Counts the time since {@code sent} as {@link Stage#QUEUED}; nothing where the sender's clock is ahead.
     *
     * @param nanoTime such as {@link System#nanoTime}, for the stages on this machine
     */
    StageClock(Instant sent, Clock clock, LongSupplier nanoTime, RestoreMetrics metrics) {
        this.sent = sent;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        Duration queued = Duration.between(sent, clock.instant());
        add(Stage.QUEUED, queued.isNegative() ? Duration.ZERO : queued);
    }

    /** Ends the stage before, if any, and begins another. */
    void enter(Stage next) {
        stop();
        stage = next;
        entered = nanoTime.getAsLong();
    }

    /** Ends the last stage; does nothing where it has ended. */
    void stop() {
        Stage ending = stage;
        if (ending != null) {
            add(ending, Duration.ofNanos(nanoTime.getAsLong() - entered));
            stage = null;
        }
    }

    private void add(Stage ended, Duration duration) {
        durations.merge(ended, duration, Duration::plus);
        metrics.stage(ended, duration);
    }

    void countRetry() {
        retries++;
        metrics.retried();
    }

    /** One, and one more for each access to a store that was tried again. */
    int attempts() {
        return 1 + retries;
    }

    /** The durations of the stages that have ended; the total is from sending until now. */
    StageTimings timings() {
        return new StageTimings(
                of(Stage.QUEUED),
                of(Stage.FETCH),
                of(Stage.DECODE),
                of(Stage.ADMISSION).plus(of(Stage.SAMPLE)),
                of(Stage.ENCODE),
                of(Stage.UPLOAD),
                Duration.between(sent, clock.instant()));
    }

    private Duration of(Stage ended) {
        return durations.getOrDefault(ended, Duration.ZERO);
    }
}
