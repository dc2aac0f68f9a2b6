package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which evaluations share a call, and that sharing changes nothing. */
class LaneBatchingTest {
    private final LaneBench bench = new LaneBench(LaneSettings.of(4));

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldRestoreAnImageAsAloneWhenOthersJoinAtDifferentSteps() {
        long seed = 42;
        Random random = new Random(seed);
        List<RestorationJob> jobs = new ArrayList<>();
        List<RestorationTicket> tickets = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int height = 1 + random.nextInt(30);
            int width = 1 + random.nextInt(30);
            RestorationJob job = bench.job(height, width, 1 + random.nextInt(12), i)
                    .samples(1 + random.nextInt(3))
                    .tiling(random.nextBoolean() ? new Tiling.Tiles(16, 8) : Tiling.WHOLE_IMAGE)
                    .build();
            jobs.add(job);
            tickets.add(bench.lane.submit(job));
            bench.step(random.nextInt(6));
        }
        bench.finish();

        for (int i = 0; i < jobs.size(); i++) {
            RestoredPlanes among = tickets.get(i).result().join();
            RestoredPlanes alone = LaneBench.alone(jobs.get(i));
            assertThat(among.planes()).as("seed %d, job %d", seed, i).containsExactly(alone.planes());
            assertThat(among.evaluations()).isEqualTo(alone.evaluations());
        }
    }

    @Test
    void shouldMoveTheImageTowardsTheMeanOfTheOracle() {
        float[] y = LaneBench.planes(9, 13, 3);
        RestorationTicket ticket = bench.submit(bench.job(9, 13, 50, 3).samples(8));
        bench.finish();

        RestoredPlanes restored = ticket.result().join();
        double error = 0;
        for (int i = 0; i < restored.planes().length; i++) {
            error += Math.abs(restored.planes()[i] - (0.8 * y[i] + 0.1)) / restored.planes().length;
        }
        assertThat(error).isLessThan(0.03);
        assertThat(restored.height()).isEqualTo(9);
        assertThat(restored.width()).isEqualTo(13);
        assertThat(restored.evaluations()).isEqualTo(8 * 50);
    }

    @Test
    void shouldFillEachCallFromAllTrajectoriesInFlight() {
        bench.submit(bench.job(8, 8, 3, 1));
        bench.submit(bench.job(8, 8, 3, 2).samples(3));

        int calls = bench.finish();

        assertThat(calls).isEqualTo(3);
        assertThat(bench.network.calls()).containsOnly(new Shape(4, 3, 8, 8));
        assertThat(bench.metrics.callSizes).containsExactly(4, 4, 4);
        assertThat(bench.metrics.slots).containsOnly(4);
    }

    @Test
    void shouldLetANewImageJoinAtTheNextCall() {
        bench.submit(bench.job(8, 8, 10, 1));
        bench.step(5);
        RestorationTicket late = bench.submit(bench.job(8, 8, 2, 2));

        bench.step(2);

        assertThat(late.result()).isCompleted();
        assertThat(bench.metrics.callSizes).containsExactly(1, 1, 1, 1, 1, 2, 2);
    }

    @Test
    void shouldTakeTurnsWhenTileShapesDiffer() {
        bench.submit(bench.job(8, 8, 2, 1));
        bench.submit(bench.job(16, 8, 2, 2));
        bench.submit(bench.job(8, 8, 2, 3));

        bench.finish();

        assertThat(bench.network.calls())
                .containsExactly(
                        new Shape(2, 3, 8, 8), new Shape(1, 3, 16, 8), new Shape(2, 3, 8, 8), new Shape(1, 3, 16, 8));
    }

    @Test
    void shouldServeAShortJobBetweenTheCallsOfALargeOne() {
        bench.submit(bench.job(48, 48, 20, 1).tiling(new Tiling.Tiles(16, 8))); // 25 tiles
        bench.step(1);
        RestorationTicket small = bench.submit(bench.job(16, 16, 1, 2));

        // at most all the tiles that were queued before it: ceil((25 * 2 + 1) / 4) calls
        bench.step(13);

        assertThat(small.result()).isCompleted();
    }

    @Test
    void shouldKeepWaitingJobsOffTheDeviceUntilASlotIsFree() {
        LaneBench narrow = new LaneBench(new LaneSettings(2, 2, 3));
        List<RestorationTicket> tickets = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tickets.add(narrow.submit(narrow.job(8, 8, 2, i)));
        }

        narrow.step(1);
        assertThat(narrow.metrics.tilesInFlight).isEqualTo(2);
        assertThat(narrow.metrics.waiting).isEqualTo(3);

        narrow.finish();
        assertThat(narrow.metrics.callSizes).containsExactly(2, 2, 2, 2, 1, 1);
        assertThat(tickets).allSatisfy(ticket -> assertThat(ticket.result()).isCompleted());
        narrow.close();
    }

    @Test
    void shouldReportEveryEvaluationOfAllSamples() {
        List<String> heard = new ArrayList<>();
        bench.submit(bench.job(24, 8, 2, 1)
                .samples(2)
                .tiling(new Tiling.Tiles(16, 8))
                .progress((evaluations, expected) -> heard.add(evaluations + "/" + expected)));

        bench.finish();

        assertThat(heard).containsExactly("1/4", "2/4", "3/4", "4/4");
    }

    @Test
    void shouldGoOnWhenAProgressListenerThrows() {
        RestorationTicket ticket = bench.submit(bench.job(8, 8, 2, 1).progress((evaluations, expected) -> {
            throw new IllegalStateException("a listener that throws");
        }));

        bench.finish();

        assertThat(ticket.result()).isCompleted();
    }

    @Test
    void shouldAverageTheSamplesInFloat() {
        RestorationTicket both = bench.submit(bench.job(8, 8, 5, 1).samples(2));
        RestorationTicket first = bench.submit(bench.job(8, 8, 5, 1));
        RestorationJob.Builder second = RestorationJob.builder(
                        bench.network, EulerSteps.of(5), (seed, sample) -> new SeededNoise(seed, 1))
                .image(8, 8, LaneBench.planes(8, 8, 1))
                .tiling(Tiling.WHOLE_IMAGE)
                .seed(1);
        RestorationTicket other = bench.submit(second);
        bench.finish();

        float[] mean = first.result().join().planes();
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (mean[i] + other.result().join().planes()[i]) / 2;
        }
        assertThat(both.result().join().planes()).containsExactly(mean);
    }

    @Test
    void shouldRestoreAnImageOfOnePixel() {
        RestorationTicket ticket = bench.submit(bench.job(1, 1, 5, 1).tiling(Tiling.DEFAULT));

        bench.finish();

        assertThat(ticket.result().join().planes()).hasSize(3);
    }

    @Test
    void shouldFreeItsArraysAtEveryStepAndAtTheEndOfAJob() {
        bench.submit(bench.job(24, 24, 6, 1).tiling(new Tiling.Tiles(16, 8)).samples(2));
        bench.submit(bench.job(13, 8, 4, 2));
        bench.step(1);
        List<Integer> alive = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            bench.step(1);
            alive.add(bench.network.arraysAlive());
        }
        bench.finish();

        // the phases of two trajectories of four tiles and one of one tile repeat every three calls
        assertThat(alive.subList(3, 6)).isEqualTo(alive.subList(0, 3)).allMatch(arrays -> arrays > 0);
        assertThat(bench.network.arraysAlive()).isZero();
    }
}
