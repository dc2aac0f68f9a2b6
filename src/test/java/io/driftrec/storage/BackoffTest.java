package io.driftrec.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.storage.StorageException.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackoffTest {
    private static final URI PLACE = URI.create("s3://uploads/cat.png");
    private static final Backoff QUICK = new Backoff(4, Duration.ofMillis(1), Duration.ofMillis(2));

    private final List<Integer> tries = new ArrayList<>();
    private int retries;

    /** Fails so often, then answers. */
    private String attempt(int failures, Reason reason) throws StorageException {
        tries.add(tries.size() + 1);
        if (tries.size() <= failures) {
            throw new StorageException(reason, PLACE, "try " + tries.size());
        }
        return "done";
    }

    private String run(Backoff backoff, int failures, Reason reason) throws Exception {
        return backoff.run(() -> attempt(failures, reason), () -> retries++);
    }

    @Test
    void shouldTryOnceWhenThatSucceeds() throws Exception {
        assertThat(run(QUICK, 0, Reason.UNAVAILABLE)).isEqualTo("done");
        assertThat(tries).hasSize(1);
        assertThat(retries).isZero();
    }

    @Test
    void shouldTryAgainUntilItSucceeds() throws Exception {
        assertThat(run(QUICK, 3, Reason.UNAVAILABLE)).isEqualTo("done");
        assertThat(tries).hasSize(4);
        assertThat(retries).isEqualTo(3);
    }

    @Test
    void shouldFailWithTheLastFailureWhenAttemptsAreUsedUp() {
        assertThatThrownBy(() -> run(QUICK, 99, Reason.UNAVAILABLE))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("try 4");
        assertThat(retries).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(value = Reason.class, mode = EnumSource.Mode.EXCLUDE, names = "UNAVAILABLE")
    void shouldFailAtOnceWhenTryingAgainChangesNothing(Reason reason) {
        assertThatThrownBy(() -> run(QUICK, 99, reason)).isInstanceOf(StorageException.class);
        assertThat(tries).hasSize(1);
        assertThat(retries).isZero();
    }

    @Test
    void shouldWaitTwiceAsLongEachTimeUpToTheLongest() throws Exception {
        Backoff backoff = new Backoff(4, Duration.ofMillis(20), Duration.ofMillis(50));
        long start = System.nanoTime();

        run(backoff, 3, Reason.UNAVAILABLE);

        Duration leastWait = Duration.ofMillis(20 + 40 + 50).multipliedBy(3).dividedBy(4);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(leastWait.minusMillis(3)); // a sleep is cut to whole milliseconds
    }

    @Test
    void shouldSpreadAWaitByAQuarterToBothSides() {
        Duration wait = Duration.ofSeconds(8);

        assertThat(Backoff.spread(wait, 0)).isEqualTo(Duration.ofSeconds(6));
        assertThat(Backoff.spread(wait, 0.5)).isEqualTo(wait);
        assertThat(Backoff.spread(wait, 0.999)).isBetween(Duration.ofMillis(9990), Duration.ofSeconds(10));
    }

    @Test
    void shouldNotWaitWhenInterrupted() {
        Backoff patient = new Backoff(2, Duration.ofHours(1), Duration.ofHours(1));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run(patient, 1, Reason.UNAVAILABLE)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void shouldTellAnInterruptionFromTheLastFailure() {
        Backoff once = new Backoff(1, Duration.ZERO, Duration.ZERO);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run(once, 1, Reason.UNAVAILABLE))
                .isInstanceOf(InterruptedException.class)
                .hasCauseInstanceOf(StorageException.class);
    }

    @Test
    void shouldNameTheValueThatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.ofAttempts(0))
                .withMessage("attempts: 0 is not at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(1, Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageContaining("PT2S to PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(1, Duration.ofSeconds(-1), Duration.ofSeconds(1)))
                .withMessageContaining("PT-1S");
    }

    @Test
    void shouldWaitFromHalfASecondToTenByDefault() {
        assertThat(Backoff.ofAttempts(5)).isEqualTo(new Backoff(5, Duration.ofMillis(500), Duration.ofSeconds(10)));
    }
}
