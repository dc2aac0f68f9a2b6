package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(100);

    @Test
    void shouldGrantAtOnceWhenThereIsRoom() {
        Reservation first = admission.reserve(60).join();
        Reservation second = admission.reserve(40).join();

        assertThat(first.cost()).isEqualTo(60);
        assertThat(second.cost()).isEqualTo(40);
        assertThat(admission.reserved()).isEqualTo(100);
    }

    @Test
    void shouldServeInOrderOfArrivalSoThatALargeOneIsNotOvertaken() {
        Reservation first = admission.reserve(60).join();
        CompletableFuture<Reservation> large = admission.reserve(90);
        CompletableFuture<Reservation> small = admission.reserve(10);
        assertThat(large).isNotDone();
        assertThat(small).isNotDone();
        assertThat(admission.waiting()).isEqualTo(2);

        first.close();

        assertThat(large).isCompleted();
        assertThat(small).isCompleted();
        assertThat(admission.reserved()).isEqualTo(100);
    }

    @Test
    void shouldRunAloneWhenTheCostIsAboveTheLimit() {
        Reservation first = admission.reserve(1).join();
        CompletableFuture<Reservation> huge = admission.reserve(Long.MAX_VALUE);
        assertThat(huge).isNotDone();

        first.close();

        assertThat(huge.join().cost()).isEqualTo(100);
        assertThat(admission.reserve(1)).isNotDone();
    }

    @Test
    void shouldReleaseOnceWhenClosedTwice() {
        Reservation first = admission.reserve(60).join();
        admission.reserve(30).join();

        first.close();
        first.close();

        assertThat(admission.reserved()).isEqualTo(30);
    }

    @Test
    void shouldLetTheNextInWhenTheFirstInTheQueueGivesUp() {
        admission.reserve(60).join();
        CompletableFuture<Reservation> large = admission.reserve(90);
        CompletableFuture<Reservation> small = admission.reserve(10);

        large.cancel(false);

        assertThat(small).isCompleted();
        assertThat(admission.waiting()).isZero();
        assertThat(admission.reserved()).isEqualTo(70);
    }

    @Test
    void shouldNotPassTheLimitWhenManyThreadsReserveAndRelease() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int cost = 10 + 13 * i;
            Thread thread = new Thread(() -> {
                for (int round = 0; round < 500; round++) {
                    CompletableFuture<Reservation> asked = admission.reserve(cost);
                    if (round % 7 == 0) {
                        asked.cancel(false);
                    }
                    if (!asked.isCancelled()) {
                        try (Reservation reservation = asked.join()) {
                            assertThat(admission.reserved()).isBetween(reservation.cost(), 100L);
                        }
                    }
                }
            });
            thread.setUncaughtExceptionHandler((dead, e) -> failure.set(e));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join(60_000);
        }

        assertThat(failure.get()).isNull();
        assertThat(threads).noneMatch(Thread::isAlive);
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void shouldCountTilesTimesEvaluationsTimesSamples() {
        EulerSteps sampler = EulerSteps.of(100);

        assertThat(Admission.cost(1, 1, sampler, 1, Tiling.DEFAULT, 64)).isEqualTo(100);
        assertThat(Admission.cost(256, 257, sampler, 1, Tiling.DEFAULT, 64)).isEqualTo(200);
        assertThat(Admission.cost(3000, 4000, sampler, 3, Tiling.DEFAULT, 64)).isEqualTo(14L * 18 * 100 * 3);
        assertThat(Admission.cost(512, 512, sampler, 1, Tiling.WHOLE_IMAGE, 64)).isEqualTo(400);
    }

    @Test
    void shouldNameTheBadValue() {
        assertThatThrownBy(() -> new Admission(0)).hasMessageContaining("0");
        assertThatThrownBy(() -> admission.reserve(-3)).hasMessageContaining("-3");
    }

    @Test
    void shouldReserveNothingWhenTheWaitingThreadIsInterrupted() throws InterruptedException {
        Admission admission = new Admission(10);
        try (Reservation all = admission.acquire(10)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> admission.acquire(1)).isInstanceOf(InterruptedException.class);

            assertThat(admission.waiting()).isZero();
            assertThat(admission.reserved()).isEqualTo(all.cost());
        }
        assertThat(admission.reserved()).isZero();
    }
}
