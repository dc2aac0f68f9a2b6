package io.driftrec.restore;

import io.driftrec.message.StageTimings;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Times the stages of one image, each of which lasts until the next is entered, and counts what was tried again. */
final class StageClock {
    private final LongSupplier nanoTime;
    private final RestoreMetrics metrics;
    private final Map<Stage, Duration> durations = new EnumMap<>(Stage.class);
    private Stage stage = Stage.FETCH;
    private long entered;
    private int retries;

    /** Starts in {@link Stage#FETCH}. */
    StageClock(Duration queued, LongSupplier nanoTime, RestoreMetrics metrics) {
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.entered = nanoTime.getAsLong();
        add(Stage.QUEUED, queued);
    }

    void enter(Stage next) {
        long now = nanoTime.getAsLong();
        add(stage, Duration.ofNanos(now - entered));
        stage = next;
        entered = now;
    }

    private void add(Stage of, Duration duration) {
        durations.merge(of, duration, Duration::plus);
        metrics.stage(of, duration);
    }

    /** Ends the last stage. */
    void stop() {
        enter(stage);
    }

    void countRetry() {
        retries++;
        metrics.retried();
    }

    /** One, and one more for each access to a store that was tried again. */
    int attempts() {
        return 1 + retries;
    }

    /** The durations of the stages that have ended; {@code total} from sending to {@code now}. */
    StageTimings timings(Instant sent, Instant now) {
        return new StageTimings(
                of(Stage.QUEUED),
                of(Stage.FETCH),
                of(Stage.DECODE),
                of(Stage.ADMISSION).plus(of(Stage.SAMPLE)),
                of(Stage.ENCODE),
                of(Stage.UPLOAD),
                Duration.between(sent, now));
    }

    private Duration of(Stage ended) {
        return durations.getOrDefault(ended, Duration.ZERO);
    }
}
