package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.batch.LaneMetrics.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand images of random sizes, samplers and numbers of samples arrive at random, some are given up, and all pass through
 * admission and the lane, step by step on the test's own thread.
 */
class ArrivalSimulationTest {
    private static final int ARRIVALS = 10_000;
    private static final long COST_LIMIT = 100;

    /** An image, its reservation, and how long it has been in the lane. */
    private final class Arrival {
        final int number;
        final long cost;
        final RestorationJob job;
        final CompletableFuture<Reservation> reservation;
        RestorationTicket ticket;
        long stepsInLane;

        Arrival(int number, RestorationJob.Builder job, long cost) {
            this.number = number;
            this.job = job.build();
            this.cost = Math.min(cost, COST_LIMIT);
            this.reservation = admission.reserve(cost);
        }
    }

    private final LaneBench bench = new LaneBench(new LaneSettings(8, 24, 3));
    private final Admission admission = new Admission(COST_LIMIT);
    private final Deque<Arrival> asking = new ArrayDeque<>();
    private final List<Arrival> inLane = new ArrayList<>();
    private int lastGranted = -1;

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldStarveNobodyAndNeverPassTheCostLimit() {
        long seed = Long.getLong("driftrec.simulation.seed", System.nanoTime());
        System.out.println("ArrivalSimulationTest: -Ddriftrec.simulation.seed=" + seed);
        Random random = new Random(seed);
        int arrived = 0;
        int givenUp = 0;
        while (arrived < ARRIVALS || !asking.isEmpty() || !inLane.isEmpty()) {
            int arrivals = Math.min(ARRIVALS - arrived, random.nextInt(asking.size() > 200 ? 2 : 10));
            for (int i = 0; i < arrivals; i++) {
                asking.add(arrival(arrived++, random));
            }
            if (random.nextInt(20) == 0) {
                givenUp += giveOneUp(random);
            }
            takeGranted();
            bench.lane.step();
            assertThat(admission.reserved()).as("seed %d", seed).isBetween(0L, COST_LIMIT);
            leave(seed);
        }

        assertThat(admission.reserved()).isZero();
        assertThat(admission.waiting()).isZero();
        assertThat(bench.metrics.submitted).isEqualTo(bench.metrics.ended());
        assertThat(bench.metrics.outcomes).containsOnlyKeys(Outcome.RESTORED, Outcome.CANCELLED);
        assertThat(bench.metrics.outcomes.get(Outcome.RESTORED)).isGreaterThan(ARRIVALS - givenUp - 1);
        assertThat(bench.metrics.callSizes).allMatch(size -> size <= 8);
    }

    private Arrival arrival(int number, Random random) {
        boolean isLarge = random.nextInt(50) == 0;
        int height = 1 + random.nextInt(isLarge ? 40 : 16);
        int width = 1 + random.nextInt(isLarge ? 40 : 16);
        EulerSteps sampler = EulerSteps.of(1 + random.nextInt(random.nextInt(20) == 0 ? 20 : 3));
        int samples = random.nextInt(20) == 0 ? 3 : 1;
        Tiling tiling = new Tiling.Tiles(16, 8);
        RestorationJob.Builder job = RestorationJob.builder(bench.network, sampler, SeededNoise::new)
                .image(height, width, new float[3 * height * width])
                .tiling(tiling)
                .samples(samples);
        return new Arrival(number, job, Admission.cost(height, width, sampler, samples, tiling, 8));
    }

    /** Gives up an image that waits for admission, or one in the lane. */
    private int giveOneUp(Random random) {
        if (random.nextBoolean() && !asking.isEmpty()) {
            Arrival arrival = asking.removeLast();
            if (!arrival.reservation.cancel(false)) {
                arrival.reservation.join().close(); // granted in the step before
            }
            return 1;
        }
        if (!inLane.isEmpty()) {
            inLane.get(random.nextInt(inLane.size())).ticket.cancel();
            return 1;
        }
        return 0;
    }

    /** Reservations are granted in order of arrival: an image that waits sees no later one pass. */
    private void takeGranted() {
        while (!asking.isEmpty() && asking.peekFirst().reservation.isDone()) {
            Arrival arrival = asking.removeFirst();
            assertThat(arrival.number).isGreaterThan(lastGranted);
            lastGranted = arrival.number;
            arrival.ticket = bench.lane.submit(arrival.job);
            inLane.add(arrival);
        }
        assertThat(asking.stream().anyMatch(arrival -> arrival.reservation.isDone()))
                .isFalse();
    }

    /**
     * Frees what has ended. Each evaluation of a job waits for no more tiles than there are in the lane, the limit at most, and a
     * step does one or more: so many steps per evaluation are enough, and more are starvation.
     */
    private void leave(long seed) {
        inLane.removeIf(arrival -> {
            arrival.stepsInLane++;
            if (arrival.stepsInLane > COST_LIMIT * arrival.job.expectedEvaluations()) {
                throw new AssertionError("seed " + seed + ": arrival " + arrival.number + " of cost " + arrival.cost
                        + " starves after " + arrival.stepsInLane + " steps");
            }
            if (!arrival.ticket.result().isDone()) {
                return false;
            }
            arrival.reservation.join().close();
            return true;
        });
    }
}
