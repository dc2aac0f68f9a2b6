package io.driftrec.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.ManualClock;
import io.driftrec.message.StageTimings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StageClockTest {
    private final ManualClock clock = new ManualClock();
    private final Instant sent = clock.instant();
    private final CountedMetrics metrics = new CountedMetrics();
    private long nanos = 1_000_000_000_000L;

    private StageClock started() {
        clock.advance(Duration.ofMillis(5));
        return new StageClock(sent, clock, () -> nanos, metrics);
    }

    private void pass(int millis) {
        nanos += Duration.ofMillis(millis).toNanos();
        clock.advance(Duration.ofMillis(millis));
    }

    @Test
    void shouldTimeEachStageUntilTheNext() {
        StageClock stages = started();
        for (Stage stage : Stage.values()) {
            if (stage != Stage.QUEUED) {
                stages.enter(stage);
                pass(10 * stage.ordinal());
            }
        }
        stages.stop();

        assertThat(metrics.stages).containsExactly(Stage.values());
        assertThat(metrics.durations).extracting(Duration::toMillis).containsExactly(5L, 10L, 20L, 30L, 40L, 50L, 60L);
    }

    @Test
    void shouldCountTheWaitForRoomAsPartOfSampling() {
        StageClock stages = started();
        stages.enter(Stage.FETCH);
        pass(1);
        stages.enter(Stage.ADMISSION);
        pass(2);
        stages.enter(Stage.DECODE);
        pass(3);
        stages.enter(Stage.SAMPLE);
        pass(4);
        stages.enter(Stage.ENCODE);
        pass(5);
        stages.enter(Stage.UPLOAD);
        pass(6);
        stages.stop();

        assertThat(stages.timings())
                .isEqualTo(new StageTimings(
                        Duration.ofMillis(5),
                        Duration.ofMillis(1),
                        Duration.ofMillis(3),
                        Duration.ofMillis(2 + 4),
                        Duration.ofMillis(5),
                        Duration.ofMillis(6),
                        Duration.ofMillis(5 + 1 + 2 + 3 + 4 + 5 + 6)));
    }

    @Test
    void shouldReportAStageOnceWhenItIsStoppedTwice() {
        StageClock stages = started();
        stages.enter(Stage.FETCH);
        stages.stop();
        pass(7);
        stages.stop();

        assertThat(metrics.stages).containsExactly(Stage.QUEUED, Stage.FETCH);
        assertThat(stages.timings().fetch()).isZero();
    }

    @Test
    void shouldReportNothingButTheQueueWhenNoStageBegan() {
        started().stop();

        assertThat(metrics.stages).containsExactly(Stage.QUEUED);
    }

    @Test
    void shouldCountOneAttemptAndOneMorePerRetry() {
        StageClock stages = started();
        assertThat(stages.attempts()).isEqualTo(1);

        stages.countRetry();
        stages.countRetry();

        assertThat(stages.attempts()).isEqualTo(3);
        assertThat(metrics.retried).isEqualTo(2);
    }

    @Test
    void shouldNotCountBackwardsWhenTheSendersClockIsAhead() {
        StageClock stages = new StageClock(clock.instant().plusSeconds(60), clock, () -> nanos, metrics);

        assertThat(metrics.durations).containsExactly(Duration.ZERO);
        assertThat(stages.timings().total()).isZero();
    }
}
