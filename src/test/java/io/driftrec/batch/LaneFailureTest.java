package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import io.driftrec.batch.LaneMetrics.Outcome;
import io.driftrec.network.DeviceOutOfMemoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A job's failure is its own; a device's failure is everybody's. */
class LaneFailureTest {
    /** A pixel by which the network of a test knows the image that it shall choke on. */
    private static final float POISON = 0.123f;

    private final LaneBench bench = new LaneBench(new LaneSettings(8, 16, 4));

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldFailOnlyTheJobWhoseSamplerThrows() {
        RestorationJob mate = bench.job(8, 8, 10, 1).build();
        RestorationTicket ticket = bench.lane.submit(mate);
        RestorationTicket broken = bench.submit(bench.job(8, 8, EulerSteps.failingAt(4), 2));

        bench.finish();

        assertThatFailure(broken).isInstanceOf(IllegalStateException.class).hasMessageContaining("evaluation 4");
        assertThat(ticket.result().join().planes())
                .containsExactly(LaneBench.alone(mate).planes());
        assertThat(bench.metrics.callSizes).containsExactly(2, 2, 2, 2, 1, 1, 1, 1, 1, 1);
        assertThat(bench.metrics.outcomes).containsEntry(Outcome.RESTORED, 1).containsEntry(Outcome.FAILED, 1);
    }

    @Test
    void shouldFailOnlyTheJobWhoseResultIsNotFinite() {
        RestorationTicket mate = bench.submit(bench.job(8, 8, 10, 1));
        RestorationTicket broken = bench.submit(bench.job(8, 8, EulerSteps.poisonedAt(3), 2));

        bench.finish();

        assertThatFailure(broken).isInstanceOf(NonFiniteResultException.class);
        assertThat(mate.result()).isCompleted();
    }

    @Test
    void shouldFailOnlyThePoisonedJobWhenTheWholeCallThrows() {
        bench.network.interfere(y -> {
            for (float value : y.toFloatArray()) {
                if (value == POISON) {
                    throw new IllegalArgumentException("poison");
                }
            }
        });
        RestorationJob mate =
                bench.job(24, 8, 3, 1).tiling(new Tiling.Tiles(16, 8)).build();
        RestorationTicket first = bench.lane.submit(mate);
        RestorationTicket poisoned = bench.submit(
                bench.job(24, 8, 3, 2).image(24, 8, poisonedPlanes(24, 8)).tiling(new Tiling.Tiles(16, 8)));
        RestorationTicket last = bench.submit(bench.job(16, 8, 5, 3));

        bench.finish();

        assertThatFailure(poisoned).isInstanceOf(IllegalArgumentException.class).hasMessage("poison");
        assertThat(first.result().join().planes())
                .containsExactly(LaneBench.alone(mate).planes());
        assertThat(last.result().join().evaluations()).isEqualTo(5);
        assertThat(bench.metrics.failures).containsExactly(5, 1);
        assertThat(bench.lane.isFenced()).isFalse();
    }

    @Test
    void shouldHalveTheCallAndRememberWhenTheDeviceRunsOutOfMemory() {
        List<RestorationJob> jobs = new ArrayList<>();
        List<RestorationTicket> tickets = new ArrayList<>();
        bench.network.interfere(y -> {
            if (y.getShape().get(0) > 3) {
                throw new DeviceOutOfMemoryException(new IllegalStateException("more than 3"));
            }
        });
        for (int i = 0; i < 8; i++) {
            jobs.add(bench.job(8, 8, 2, i).build());
            tickets.add(bench.lane.submit(jobs.get(i)));
        }

        bench.step(3);
        assertThat(bench.metrics.outOfMemory).containsExactly(8, 4);
        assertThat(bench.metrics.callSizes).containsExactly(2);
        bench.finish();

        assertThat(bench.metrics.outOfMemory).containsExactly(8, 4);
        assertThat(bench.metrics.callSizes).containsOnly(2);
        assertThat(bench.metrics.slots).containsOnly(2);
        bench.network.interfere(y -> {});
        for (int i = 0; i < 8; i++) {
            assertThat(tickets.get(i).result().join().planes())
                    .containsExactly(LaneBench.alone(jobs.get(i)).planes());
        }
    }

    @Test
    void shouldFailTheJobAndKeepTheOthersWhenOneTileDoesNotFit() {
        bench.network.interfere(y -> {
            if (y.getShape().get(2) > 64) {
                throw new DeviceOutOfMemoryException(new IllegalStateException("too large"));
            }
        });
        RestorationTicket huge = bench.submit(bench.job(72, 72, 2, 1));
        List<RestorationTicket> small = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            small.add(bench.submit(bench.job(8, 8, 2, i)));
        }

        bench.finish();

        assertThatFailure(huge).isInstanceOf(DeviceOutOfMemoryException.class);
        assertThat(small).allSatisfy(ticket -> assertThat(ticket.result()).isCompleted());
        assertThat(bench.network.calls()).containsOnly(new Shape(8, 3, 8, 8));
    }

    @Test
    void shouldFenceTheDeviceWhenItFailsAgainAndAgain() {
        bench.network.interfere(y -> {
            throw new IllegalStateException("the device is gone");
        });
        List<RestorationTicket> tickets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tickets.add(bench.submit(bench.job(8, 8, 2, i)));
        }

        bench.finish();

        assertThat(bench.lane.isFenced()).isTrue();
        assertThat(bench.outOfService).singleElement().isInstanceOf(LaneFencedException.class);
        assertThat(bench.outOfService.get(0)).hasMessageContaining("4 times").hasRootCauseMessage("the device is gone");
        assertThat(tickets)
                .allSatisfy(ticket -> assertThat(ticket.result()).isCompletedExceptionally())
                .filteredOn(ticket -> failure(ticket) instanceof LaneFencedException)
                .hasSize(17);
        assertThatFailure(bench.submit(bench.job(8, 8, 1, 1))).isInstanceOf(LaneFencedException.class);
        assertThat(bench.metrics.submitted).isEqualTo(21);
        assertThat(bench.metrics.outcomes).containsEntry(Outcome.FAILED, 21);
        assertThat(bench.network.calls()).isEmpty();
    }

    @Test
    void shouldNotFenceWhenCallsInBetweenSucceed() {
        bench.network.interfere(y -> {
            if (y.getFloat(0, 0, 0, 0) == POISON) {
                throw new IllegalStateException("poison");
            }
        });
        for (int i = 0; i < 20; i++) {
            bench.submit(bench.job(8, 8, 1, i).image(8, 8, poisonedPlanes(8, 8)));
            bench.submit(bench.job(16, 8, 1, i));
            bench.finish();
        }

        assertThat(bench.lane.isFenced()).isFalse();
        assertThat(bench.metrics.outcomes).containsEntry(Outcome.FAILED, 20).containsEntry(Outcome.RESTORED, 20);
    }

    @Test
    void shouldFailAJobThatCannotStart() {
        RestorationTicket broken =
                bench.lane.submit(RestorationJob.builder(bench.network, EulerSteps.of(2), (seed, sample) -> {
                            throw new IllegalStateException("no noise");
                        })
                        .image(8, 8, LaneBench.planes(8, 8, 1))
                        .build());
        RestorationTicket mate = bench.submit(bench.job(8, 8, 2, 1));

        bench.finish();

        assertThatFailure(broken).hasMessage("no noise");
        assertThat(mate.result()).isCompleted();
    }

    @Test
    void shouldStartAJobLaterWhenTheDeviceIsFull() {
        AtomicInteger attempts = new AtomicInteger();
        RestorationTicket early = bench.submit(bench.job(8, 8, 3, 1));
        bench.step(1);
        RestorationTicket late =
                bench.lane.submit(RestorationJob.builder(bench.network, EulerSteps.of(2), (seed, sample) -> {
                            if (attempts.incrementAndGet() == 1) {
                                throw new IllegalStateException("CUDA out of memory");
                            }
                            return new SeededNoise(seed, sample);
                        })
                        .image(8, 8, LaneBench.planes(8, 8, 1))
                        .build());

        bench.step(1);
        assertThat(bench.metrics.callSizes).containsExactly(1, 1);
        assertThat(late.result()).isNotDone();
        bench.finish();

        assertThat(early.result()).isCompleted();
        assertThat(late.result()).isCompleted();
        assertThat(attempts).hasValue(2);
    }

    @Test
    void shouldFailAJobThatDoesNotFitOnAnEmptyDevice() {
        RestorationTicket ticket =
                bench.lane.submit(RestorationJob.builder(bench.network, EulerSteps.of(2), (seed, sample) -> {
                            throw new IllegalStateException("CUDA out of memory");
                        })
                        .image(8, 8, LaneBench.planes(8, 8, 1))
                        .build());

        bench.finish();

        assertThatFailure(ticket).isInstanceOf(DeviceOutOfMemoryException.class);
    }

    private static float[] poisonedPlanes(int height, int width) {
        float[] planes = LaneBench.planes(height, width, 9);
        planes[0] = POISON;
        return planes;
    }

    private static Throwable failure(RestorationTicket ticket) {
        try {
            ticket.result().join();
            throw new AssertionError("restored");
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThatFailure(RestorationTicket ticket) {
        return assertThat(failure(ticket));
    }
}
