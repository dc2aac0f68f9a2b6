package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the lane's thread does with the device besides sampling. */
@Timeout(60)
class LaneDeviceTaskTest {
    private final LaneBench bench = new LaneBench(LaneSettings.of(4));

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldRunTasksOnItsThreadWhileItIsIdleAndWhileItSamples() {
        bench.lane.start();
        assertThat(threadOfTask().join()).isEqualTo("lane");

        RestorationTicket ticket = bench.submit(bench.job(8, 8, 200, 1));
        assertThat(threadOfTask().join()).isEqualTo("lane");

        assertThat(ticket.result().join().evaluations()).isEqualTo(200);
    }

    private CompletableFuture<String> threadOfTask() {
        return bench.lane.onDevice(() -> Thread.currentThread().getName());
    }

    @Test
    void shouldSurviveATaskThatFails() {
        CompletableFuture<Object> task = bench.lane.onDevice(() -> {
            throw new OutOfMemoryError("CUDA out of memory");
        });
        RestorationTicket ticket = bench.submit(bench.job(8, 8, 3, 1));
        bench.step(4);

        assertThatThrownBy(task::join).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(ticket.result().join().evaluations()).isEqualTo(3);
    }

    @Test
    void shouldLetCancelledJobsLeaveBeforeATaskClosesTheirNetwork() {
        RestorationTicket ticket = bench.submit(bench.job(8, 8, 10, 1));
        bench.step(2);
        int calls = bench.network.calls().size();

        ticket.cancel();
        List<Integer> arraysAtTask = new ArrayList<>();
        bench.lane.onDevice(() -> arraysAtTask.add(bench.network.arraysAlive()));
        bench.step(2);

        assertThat(arraysAtTask).containsExactly(0);
        assertThat(bench.network.calls()).hasSize(calls);
    }

    @Test
    void shouldNotRunATaskThatWasGivenUp() {
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Integer> task = bench.lane.onDevice(runs::incrementAndGet);

        task.cancel(false);
        bench.step(1);

        assertThat(runs).hasValue(0);
    }

    @Test
    void shouldRefuseTasksOnceItIsClosed() {
        CompletableFuture<Integer> waiting = bench.lane.onDevice(() -> 1);
        bench.lane.close();
        CompletableFuture<Integer> late = bench.lane.onDevice(() -> 2);

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(LaneStoppedException.class);
        assertThatThrownBy(late::join).hasCauseInstanceOf(LaneStoppedException.class);
    }

    /** Two versions of a model are two networks. */
    @Test
    void shouldNotMixNetworksInACall() {
        try (AnalyticNetwork other = new AnalyticNetwork(8)) {
            List<RestorationTicket> tickets = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                tickets.add(bench.submit(bench.job(8, 8, 1, i)));
                tickets.add(bench.submit(
                        RestorationJob.builder(other, EulerSteps.of(1), (seed, sample) -> new SeededNoise(seed, 1))
                                .image(8, 8, new float[3 * 64])));
            }
            bench.step(3);

            assertThat(tickets).allSatisfy(ticket -> assertThat(ticket.result()).isCompleted());
            assertThat(bench.network.calls()).hasSize(1);
            assertThat(other.calls()).hasSize(1);
        }
    }
}
