package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.driftrec.ManualClock;
import io.driftrec.batch.LaneMetrics.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lane's thread: start, stop, and death. */
@Timeout(60)
class LaneLifecycleTest {
    private final LaneBench bench = new LaneBench(LaneSettings.of(4));

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldRestoreOnItsOwnThreadOnceStarted() {
        List<String> threads = new ArrayList<>();
        bench.network.interfere(y -> threads.add(Thread.currentThread().getName()));
        RestorationTicket early = bench.submit(bench.job(8, 8, 3, 1));
        assertThat(bench.lane.isAlive()).isFalse();

        bench.lane.start();
        early.result().join();
        bench.submit(bench.job(8, 8, 3, 2)).result().join();

        assertThat(bench.lane.isAlive()).isTrue();
        assertThat(threads).containsOnly("lane");
        assertThatThrownBy(bench.lane::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldReplyOnTheExecutorAndNotOnTheDevicesThread() {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "replies"));
        Lane lane = new Lane(LaneSettings.of(1), LaneMetrics.NONE, reason -> {}, executor, System::nanoTime);
        CompletableFuture<String> replier = lane.submit(bench.job(8, 8, 3, 1).build())
                .result()
                .thenApply(planes -> Thread.currentThread().getName());
        lane.start();

        assertThat(replier.join()).isEqualTo("replies");

        executor.shutdown();
        RestorationTicket afterwards = lane.submit(bench.job(8, 8, 3, 1).build());
        assertThat(afterwards.result().join().evaluations()).isEqualTo(3);
        lane.close();
    }

    @Test
    void shouldFreeTheSlotsOfACancelledJobAtTheNextStep() {
        List<RestorationTicket> tickets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tickets.add(bench.submit(bench.job(8, 8, 10, i).samples(2)));
        }
        bench.step(2);
        assertThat(bench.metrics.tilesInFlight).isEqualTo(8);

        tickets.get(1).cancel();
        tickets.get(2).result().cancel(true);
        bench.step(1);

        assertThat(bench.metrics.tilesInFlight).isEqualTo(4);
        assertThat(bench.metrics.inFlight).isEqualTo(2);
        assertThat(tickets.get(1).result()).isCancelled();
        bench.finish();
        assertThat(tickets.get(0).result()).isCompleted();
        assertThat(tickets.get(3).result()).isCompleted();
        assertThat(bench.metrics.outcomes).containsEntry(Outcome.CANCELLED, 2).containsEntry(Outcome.RESTORED, 2);
    }

    @Test
    void shouldForgetAJobThatIsCancelledWhileItWaits() {
        LaneBench narrow = new LaneBench(new LaneSettings(1, 1, 3));
        narrow.submit(narrow.job(8, 8, 5, 1));
        RestorationTicket second = narrow.submit(narrow.job(8, 8, 5, 2));
        narrow.step(1);

        second.cancel();
        narrow.step(1);

        assertThat(narrow.metrics.waiting).isZero();
        assertThat(narrow.finish()).isEqualTo(3);
        narrow.close();
    }

    @Test
    void shouldFailAllJobsAndNotBeAliveWhenTheThreadDies() {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch dies = new CountDownLatch(1);
        bench.network.interfere(y -> {
            called.countDown();
            awaitQuietly(dies);
            throw new LinkageError("the native library is gone");
        });
        List<RestorationTicket> tickets = new ArrayList<>();
        tickets.add(bench.submit(bench.job(8, 8, 3, 0)));
        bench.lane.start();
        awaitQuietly(called);
        for (int i = 1; i < 30; i++) {
            tickets.add(bench.submit(bench.job(8, 8, 3, i)));
        }
        dies.countDown();

        await().until(() -> tickets.stream().allMatch(ticket -> ticket.result().isDone()));

        assertThat(tickets)
                .allSatisfy(ticket -> assertThatThrownBy(() -> ticket.result().join())
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(LaneStoppedException.class)
                        .hasRootCauseMessage("the native library is gone"));
        assertThat(bench.lane.isAlive()).isFalse();
        assertThat(bench.lane.isFenced()).isFalse();
        assertThat(bench.outOfService).hasSize(1);
        assertThat(bench.submit(bench.job(8, 8, 3, 1)).result()).isCompletedExceptionally();
    }

    @Test
    void shouldTellHowLongTheStepUnderWayHasLasted() {
        ManualClock clock = new ManualClock();
        Lane lane = new Lane(LaneSettings.of(1), LaneMetrics.NONE, reason -> {}, Runnable::run, clock::nanoTime);
        List<Duration> seen = new ArrayList<>();
        bench.network.interfere(y -> {
            clock.advance(Duration.ofMinutes(11));
            seen.add(lane.stepUnderWay());
        });
        lane.submit(bench.job(8, 8, 2, 1).build());
        assertThat(lane.stepUnderWay()).as("not at work").isZero();

        lane.step();
        clock.advance(Duration.ofMinutes(5));
        assertThat(lane.stepUnderWay()).as("between two").isZero();
        lane.step();

        assertThat(seen).containsExactly(Duration.ofMinutes(11), Duration.ofMinutes(11));
        lane.close();
    }

    @Test
    void shouldCancelAllJobsWhenClosed() {
        RestorationTicket inFlight = bench.submit(bench.job(8, 8, 100, 1));
        bench.step(2);
        RestorationTicket waiting = bench.submit(bench.job(8, 8, 100, 2));

        bench.lane.close();

        assertThat(inFlight.result()).isCancelled();
        assertThat(waiting.result()).isCancelled();
        assertThatThrownBy(() -> bench.submit(bench.job(8, 8, 1, 3)).result().join())
                .hasCauseInstanceOf(LaneStoppedException.class);
        assertThat(bench.metrics.submitted).isEqualTo(bench.metrics.ended()).isEqualTo(3);
        assertThat(bench.outOfService).isEmpty();
    }

    @Test
    void shouldStopItsThreadWhenClosed() {
        bench.lane.start();
        RestorationTicket ticket = bench.submit(bench.job(8, 8, 1_000_000, 1));
        await().until(() -> !bench.network.calls().isEmpty());

        bench.lane.close();

        assertThat(bench.lane.isAlive()).isFalse();
        assertThatThrownBy(() -> ticket.result().join()).isInstanceOf(CancellationException.class);
    }

    @Test
    void shouldFinishWhatIsInHandWhenDrained() throws InterruptedException {
        List<RestorationTicket> tickets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tickets.add(bench.submit(bench.job(8, 8, 5, i)));
        }
        tickets.add(bench.submit(bench.job(8, 8, EulerSteps.failingAt(2), 1)));
        bench.lane.start();

        assertThat(bench.lane.drain(Duration.ofSeconds(30))).isTrue();

        assertThat(tickets).allSatisfy(ticket -> assertThat(ticket.result()).isDone());
        assertThat(bench.metrics.outcomes).containsEntry(Outcome.RESTORED, 20).containsEntry(Outcome.FAILED, 1);
        assertThat(bench.submit(bench.job(8, 8, 1, 3)).result()).isCompletedExceptionally();
    }

    @Test
    void shouldSayThatItIsNotDrainedWhenTimeRunsOut() throws InterruptedException {
        RestorationTicket ticket = bench.submit(bench.job(8, 8, 5, 1));

        assertThat(bench.lane.drain(Duration.ofMillis(1))).isFalse();
        assertThat(ticket.result()).isNotDone();
        bench.finish();
        assertThat(bench.lane.drain(Duration.ofMillis(1))).isTrue();
    }

    @Test
    void shouldTakeJobsFromManyThreads() {
        bench.lane.start();
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        List<Thread> submitters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int first = i * 25;
            Thread submitter = new Thread(() -> {
                for (int k = first; k < first + 25; k++) {
                    RestorationTicket ticket = bench.submit(bench.job(8, 8, 1 + k % 4, k));
                    if (k % 5 == 0) {
                        ticket.cancel();
                    }
                }
            });
            submitter.setUncaughtExceptionHandler((thread, e) -> failure.set(new IllegalStateException(e)));
            submitters.add(submitter);
            submitter.start();
        }

        await().until(() -> bench.metrics.ended() == 100);

        assertThat(failure.get()).isNull();
        assertThat(bench.metrics.submitted).isEqualTo(100);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
