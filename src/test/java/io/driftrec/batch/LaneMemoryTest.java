package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.NoiseSource;
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
