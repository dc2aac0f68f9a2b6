package io.driftrec.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.driftrec.batch.LaneFencedException;
import io.driftrec.batch.LaneStoppedException;
import io.driftrec.batch.Reservation;
import io.driftrec.batch.Tiling;
import io.driftrec.image.ImageLimits;
import io.driftrec.message.FailureCode;
import io.driftrec.message.RestorationCompleted;
import io.driftrec.message.RestorationFailed;
import io.driftrec.message.RestorationResult;
import io.driftrec.storage.Backoff;
import io.driftrec.storage.StorageException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits is freed when the worker stops, and the request is given back. */
class RestorationStopTest {
    private final RestorationBench bench = new RestorationBench();
    private final CountDownLatch device = new CountDownLatch(1);
    private final CompletableFuture<RestorationResult> outcome = new CompletableFuture<>();
    private final CompletableFuture<Boolean> staysInterrupted = new CompletableFuture<>();

    @BeforeEach
    void hold() {
        bench.holding(Images.png(8, 8));
    }

    @AfterEach
    void close() {
        device.countDown();
        bench.close();
    }

    private Thread restoring(RestorationService service, Requests request) {
        Thread thread = new Thread(() -> {
            try {
                outcome.complete(
                        service.restore(request.request(), bench.clock.instant(), (evaluations, expected) -> {}));
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            } finally {
                staysInterrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        return thread;
    }

    private void assertGivenBack(Class<? extends Throwable> cause) {
        assertThatThrownBy(outcome::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(WorkerStoppedException.class)
                .hasMessageContaining("request-1")
                .hasCauseInstanceOf(cause);
        assertThat(bench.metrics.givenBack).isEqualTo(1);
        assertThat(bench.metrics.inFlight()).isZero();
        assertThat(bench.store.written()).isEmpty();
    }

    @Test
    void shouldLeaveTheLaneWhenInterruptedWhileSampling() throws Exception {
        bench.holdDevice(device);
        Thread thread = restoring(bench.service(), Requests.plain());
        await().until(() -> bench.admission.reserved() > 0);

        thread.interrupt();

        assertGivenBack(InterruptedException.class);
        assertThat(staysInterrupted.join()).isTrue();
        assertThat(bench.admission.reserved()).isZero();
        device.countDown();
        bench.network.knows(y -> y);
        assertThat(bench.restore(Requests.plain())).isInstanceOf(RestorationCompleted.class);
    }

    @Test
    void shouldLeaveTheQueueWhenInterruptedWhileWaitingForRoom() throws Exception {
        Reservation all =
                bench.admission.reserve(RestorationBench.ADMISSION_LIMIT).get();
        Thread thread = restoring(bench.service(), Requests.plain());
        await().until(() -> bench.admission.waiting() == 1);

        thread.interrupt();

        assertGivenBack(InterruptedException.class);
        assertThat(bench.admission.waiting()).isZero();
        all.close();
        assertThat(bench.admission.reserved()).isZero();
    }

    @Test
    void shouldStopTryingAgainWhenInterrupted() {
        bench.store.failReads(Reason.UNAVAILABLE);
        Backoff patient = new Backoff(2, Duration.ofHours(1), Duration.ofHours(1));
        Thread thread = restoring(
                bench.service(new RestoreSettings(
                        RestorationBench.WORKER,
                        ImageLimits.DEFAULT,
                        patient,
                        Tiling.DEFAULT,
                        RestorationBench.MANY_PIXELS)),
                Requests.plain());
        await().until(() -> bench.metrics.retried == 1);

        thread.interrupt();

        assertGivenBack(InterruptedException.class);
    }

    @Test
    void shouldNotTakeAnInterruptionForAFailureOfTheStore() {
        bench.store.failReads(Reason.FORBIDDEN);
        bench.store.beforeRead(() -> Thread.currentThread().interrupt());

        restoring(bench.service(), Requests.plain());

        assertGivenBack(InterruptedException.class);
    }

    @Test
    void shouldGiveBackWhenTheLaneIsClosed() {
        bench.lane.close();

        restoring(bench.service(), Requests.plain());

        assertGivenBack(LaneStoppedException.class);
        assertThat(bench.admission.reserved()).isZero();
    }

    @Test
    void shouldGiveBackWhenTheDeviceIsFenced() throws Exception {
        bench.network.knows(y -> {
            throw new IllegalStateException("the device is gone");
        });
        for (int i = 0; i < RestorationBench.MAX_DEVICE_FAILURES; i++) {
            bench.restore(Requests.plain());
        }
        await().until(bench.lane::isFenced);

        restoring(bench.service(), Requests.plain());

        assertGivenBack(LaneFencedException.class);
        assertThat(bench.admission.reserved()).isZero();
    }

    @Test
    void shouldMissTheDeadlineWhenTheWaitForRoomWasTooLong() throws Exception {
        Reservation all =
                bench.admission.reserve(RestorationBench.ADMISSION_LIMIT).get();
        restoring(bench.service(), Requests.plain().until(bench.clock.instant().plusSeconds(5)));
        await().until(() -> bench.admission.waiting() == 1);

        bench.clock.advance(Duration.ofSeconds(6));
        all.close();

        assertThat(outcome.join()).isInstanceOf(RestorationFailed.class);
        assertThat(((RestorationFailed) outcome.join()).code()).isEqualTo(FailureCode.DEADLINE_EXCEEDED);
        assertThat(bench.metrics.stages).containsExactly(Stage.QUEUED, Stage.FETCH, Stage.ADMISSION);
        assertThat(bench.admission.reserved()).isZero();
    }

    @Test
    void shouldRestoreAtTheDeadlineItself() throws Exception {
        assertThat(bench.restore(Requests.plain().until(bench.clock.instant())))
                .isInstanceOf(RestorationCompleted.class);
    }
}
