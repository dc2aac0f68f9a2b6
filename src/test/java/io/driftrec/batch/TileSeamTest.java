package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tiles leave no trace in the restored image. */
class TileSeamTest {
    private final LaneBench bench = new LaneBench(LaneSettings.of(4));

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shouldGiveASmoothFieldBackWhenItsTilesAreBlended() {
        int height = 72;
        int width = 104;
        RestorationJob job = bench.job(height, width, 1, 0)
                .image(height, width, smoothField(height, width))
                .tiling(new Tiling.Tiles(32, 8))
                .build();

        try (TiledImage image = TiledImage.load(job);
                NDManager scope = bench.network.newManager()) {
            NDArray blended = image.blank();
            for (int tile = 0; tile < image.plan().count(); tile++) {
                NDArray score = image.cut(image.y(), tile, scope).duplicate();
                score.attach(scope);
                image.blend(blended, tile, score);
            }

            assertThat(image.plan().count()).isEqualTo(3 * 4);
            assertThat(blended.sub(image.y()).abs().max().getFloat()).isLessThan(1e-6f);
        }
    }

    @Test
    void shouldRestoreAnImageOf3By3TilesLikeTheUntiledOne() {
        RestorationJob.Builder job = bench.job(32, 32, 30, 5);
        RestoredPlanes untiled = LaneBench.alone(job.build());
        bench.network.calls().clear();

        RestorationTicket ticket = bench.submit(job.tiling(new Tiling.Tiles(16, 8)));
        bench.finish();

        assertThat(bench.network.calls().get(0)).isEqualTo(new Shape(4, 3, 16, 16));
        float[] tiled = ticket.result().join().planes();
        assertThat(bench.metrics.callSizes.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(9 * 30);
        for (int i = 0; i < tiled.length; i++) {
            assertThat(tiled[i]).as("value %d", i).isCloseTo(untiled.planes()[i], within(1e-5f));
        }
    }

    private static float[] smoothField(int height, int width) {
        float[] field = new float[3 * height * width];
        for (int i = 0; i < field.length; i++) {
            int c = i / (height * width);
            int row = i / width % height;
            int column = i % width;
            field[i] = (float) (0.5 + 0.3 * Math.sin(0.05 * row + c) * Math.cos(0.03 * column) + 0.001 * column);
        }
        return field;
    }
}
