package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.EulerMaruyama;
import io.driftrec.diffusion.NoiseSource;
import io.driftrec.diffusion.Variant;
import io.driftrec.network.DeviceOutOfMemoryException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Memory that runs out at a job's own work, outside of the network call. */
class LaneMemoryTest {
    private final LaneBench bench = new LaneBench(new LaneSettings(8, 16, 4));

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldFailOnlyTheJobForWhichTheHeapHasNoRoom() {
        RestorationTicket mate = bench.submit(bench.job(8, 8, 4, 1));
        RestorationTicket atItsStart = submit((seed, sample) -> heapIsFull());
        RestorationTicket onItsWay = submit((seed, sample) -> noiseUntil(1, LaneMemoryTest::heapIsFull));

        bench.finish();

        for (RestorationTicket broken : new RestorationTicket[] {atItsStart, onItsWay}) {
            assertThatThrownBy(() -> broken.result().join())
                    .hasMessageContaining("no room")
                    .hasRootCauseInstanceOf(OutOfMemoryError.class);
        }
        assertThat(mate.result()).isCompleted();
        assertThat(bench.outOfService).isEmpty();
    }

    @Test
    void shouldStartAJobAgainAloneWhenTheDeviceIsFullOnItsWay() {
        RestorationTicket mate = bench.submit(bench.job(8, 8, 9, 1));
        RestorationTicket evicted = submit((seed, sample) -> noiseUntil(1, () -> {
            if (!mate.result().isDone()) {
                deviceIsFull();
            }
        }));
        bench.step(2);
        RestorationTicket later = bench.submit(bench.job(8, 8, 2, 2));

        bench.finish();

        assertThat(mate.result()).isCompleted();
        assertThat(evicted.result()).isCompleted();
        assertThat(later.result()).isCompleted();
        assertThat(bench.metrics.callSizes)
                .as("nobody beside it")
                .containsExactly(2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void shouldFailAJobThatDoesNotFitOnItsWayEvenAlone() {
        RestorationTicket mate = bench.submit(bench.job(8, 8, 4, 1));
        RestorationTicket huge = submit((seed, sample) -> noiseUntil(2, LaneMemoryTest::deviceIsFull));

        bench.finish();

        assertThatThrownBy(() -> huge.result().join()).hasCauseInstanceOf(DeviceOutOfMemoryException.class);
        assertThat(mate.result()).isCompleted();
        assertThat(bench.metrics.callSizes).containsExactly(2, 2, 1, 1, 1, 1);
    }

    @Test
    void shouldStartAJobAgainAloneWhenItsSingleTileDoesNotFitBesideOthers() {
        RestorationTicket mate = bench.submit(bench.job(8, 8, 4, 1));
        bench.network.interfere(y -> {
            if (y.getShape().get(2) > 64 && !mate.result().isDone()) {
                deviceIsFull();
            }
        });
        bench.step(1);
        RestorationTicket large = bench.submit(bench.job(72, 72, 2, 2));
        bench.step(1);

        bench.finish();

        assertThat(mate.result()).isCompleted();
        assertThat(large.result()).isCompleted();
    }

    /** Starts are computed together; one that finds no memory does not take the others with it. */
    @Test
    void shouldStartAJobLaterWhenTheDeviceIsFullAtItsStart() {
        RestorationTicket first = bench.submit(eulerMaruyama(2, SeededNoise::new));
        RestorationTicket late = bench.submit(eulerMaruyama(
                2,
                (seed, sample) -> noiseUntil(0, () -> {
                    if (!first.result().isDone()) {
                        deviceIsFull();
                    }
                })));

        bench.finish();

        assertThat(first.result()).isCompleted();
        assertThat(late.result()).isCompleted();
        assertThat(bench.metrics.callSizes).containsExactly(1, 1, 1, 1);
    }

    /** Their images are on the device, and with both there is no room to start either. */
    @Test
    void shouldRestoreOneAfterTheOtherWhenTwoKeepEachOtherFromStarting() {
        AtomicInteger failuresLeft = new AtomicInteger(3); // together, and each by itself
        NoiseFactory noise = (seed, sample) -> noiseUntil(0, () -> {
            if (failuresLeft.getAndDecrement() > 0) {
                deviceIsFull();
            }
        });
        RestorationTicket one = bench.submit(eulerMaruyama(2, noise));
        RestorationTicket other = bench.submit(eulerMaruyama(2, noise));

        bench.finish();

        assertThat(one.result()).isCompleted();
        assertThat(other.result()).isCompleted();
        assertThat(bench.metrics.callSizes).containsExactly(1, 1, 1, 1);
    }

    @Test
    void shouldSampleInTurnWhenTheDeviceHasNoRoomForTwoSamples() {
        AtomicInteger evaluated = new AtomicInteger();
        NoiseFactory noise = (seed, sample) -> noiseUntil(0, () -> {
            if (sample == 1 && evaluated.get() < 2) {
                deviceIsFull();
            }
        });
        RestorationTicket both =
                bench.submit(eulerMaruyama(2, noise).samples(2).progress((done, expected) -> evaluated.set(done)));

        bench.finish();

        assertThat(both.result().join().evaluations()).isEqualTo(4);
        assertThat(bench.metrics.callSizes).containsExactly(1, 1, 1, 1);
    }

    @Test
    void shouldForgetTheSamplesOfAJobOfWhichOneFailsAtItsStart() {
        NoiseFactory noise = (seed, sample) -> noiseUntil(0, () -> {
            if (sample == 1) {
                heapIsFull();
            }
        });
        RestorationTicket broken = bench.submit(eulerMaruyama(2, noise).samples(2));
        RestorationTicket mate = bench.submit(eulerMaruyama(2, SeededNoise::new));

        bench.finish();

        assertThatThrownBy(() -> broken.result().join()).hasRootCauseInstanceOf(OutOfMemoryError.class);
        assertThat(mate.result()).isCompleted();
        assertThat(bench.metrics.callSizes).containsExactly(1, 1);
        assertThat(bench.metrics.failures).isEmpty();
    }

    @Test
    void shouldFailAJobThatDoesNotFitAtItsStartEvenAlone() {
        RestorationTicket huge =
                bench.submit(eulerMaruyama(2, (seed, sample) -> noiseUntil(0, LaneMemoryTest::deviceIsFull)));
        RestorationTicket other =
                bench.submit(eulerMaruyama(2, (seed, sample) -> noiseUntil(0, LaneMemoryTest::deviceIsFull)));
        RestorationTicket small = bench.submit(eulerMaruyama(2, SeededNoise::new));

        bench.finish();

        for (RestorationTicket broken : new RestorationTicket[] {huge, other}) {
            assertThatThrownBy(() -> broken.result().join()).hasCauseInstanceOf(DeviceOutOfMemoryException.class);
        }
        assertThat(small.result()).isCompleted();
    }

    @Test
    void shouldFailOnlyTheJobForWhoseNoiseTheHeapHasNoRoom() {
        RestorationTicket mate = bench.submit(eulerMaruyama(4, SeededNoise::new));
        RestorationTicket broken =
                bench.submit(eulerMaruyama(4, (seed, sample) -> noiseUntil(2, LaneMemoryTest::heapIsFull)));

        bench.finish();

        assertThatThrownBy(() -> broken.result().join())
                .hasMessageContaining("no room")
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
        assertThat(mate.result()).isCompleted();
        assertThat(bench.metrics.callSizes).containsExactly(2, 2, 1, 1);
    }

    private RestorationJob.Builder eulerMaruyama(int steps, NoiseFactory noise) {
        return RestorationJob.builder(bench.network, new EulerMaruyama(Variant.CONSISTENT, steps, 0.03), noise)
                .image(8, 8, LaneBench.planes(8, 8, 1));
    }

    private static void deviceIsFull() {
        throw new IllegalStateException("CUDA out of memory");
    }

    private static NoiseSource heapIsFull() {
        throw new OutOfMemoryError("Java heap space");
    }

    private RestorationTicket submit(NoiseFactory noise) {
        return bench.lane.submit(RestorationJob.builder(bench.network, EulerSteps.of(3), noise)
                .image(8, 8, LaneBench.planes(8, 8, 1))
                .build());
    }

    /** Noise that is there until the sampler has advanced so far. */
    private static NoiseSource noiseUntil(int evaluation, Runnable thrower) {
        NoiseSource noise = new SeededNoise(1, 0);
        return new NoiseSource() {
            @Override
            public NDArray normal(int draw, Shape shape, NDManager manager) {
                if (draw == evaluation) {
                    thrower.run();
                }
                return noise.normal(draw, shape, manager);
            }

            @Override
            public int sign(int draw) {
                return noise.sign(draw);
            }
        };
    }
}
