package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.batch.Tiling.Tiles;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilePlanTest {
    @ParameterizedTest
    @CsvSource({
        "256, 256, 1, 1",
        "320, 256, 2, 1",
        "3008, 4032, 14, 18",
        "64, 1024, 1, 5",
        "480, 480, 2, 2",
        "512, 512, 3, 3"
    })
    void shouldCoverTheImageWithAsFewTilesAsTheOverlapAllows(int height, int width, int rows, int columns) {
        TilePlan plan = TilePlan.of(height, width, new Tiles(256, 32));

        assertThat(plan.rows().count()).isEqualTo(rows);
        assertThat(plan.columns().count()).isEqualTo(columns);
        assertThat(plan.count()).isEqualTo(rows * columns);
        assertThat(TilePlan.cost(height, width, new Tiles(256, 32))).isEqualTo(plan.count());
    }

    @Test
    void shouldHaveThinTilesWhenTheImageIsThin() {
        TilePlan plan = TilePlan.of(64, 1024, new Tiles(256, 32));

        assertThat(plan.tileHeight()).isEqualTo(64);
        assertThat(plan.tileWidth()).isEqualTo(256);
    }

    @Test
    void shouldBeOneTileOfItsOwnSizeWhenTheImageIsNoLargerThanATile() {
        TilePlan plan = TilePlan.of(192, 128, Tiling.DEFAULT);

        assertThat(plan.isSingle()).isTrue();
        assertThat(plan.tileHeight()).isEqualTo(192);
        assertThat(plan.tileWidth()).isEqualTo(128);
    }

    @Test
    void shouldBeOneTileWhenTheWholeImageIsAskedFor() {
        TilePlan plan = TilePlan.of(3008, 4032, Tiling.WHOLE_IMAGE);

        assertThat(plan.isSingle()).isTrue();
        assertThat(TilePlan.cost(3008, 4032, Tiling.WHOLE_IMAGE)).isEqualTo(186);
    }

    @Test
    void shouldHaveWeightsThatSumToExactlyOneAtEveryPixel() {
        long seed = 20;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int size = 64 * (1 + random.nextInt(4));
            int overlap = 8 * (1 + random.nextInt(size / 16));
            int height = 64 * (1 + random.nextInt(12));
            int width = 64 * (1 + random.nextInt(12));
            Tiles tiles = new Tiles(size, overlap);

            float[][] sum = sumOfWeights(TilePlan.of(height, width, tiles), height, width);

            boolean isOneEverywhere = true;
            for (float[] row : sum) {
                for (float weight : row) {
                    isOneEverywhere &= weight == 1;
                }
            }
            assertThat(isOneEverywhere)
                    .as("seed %d round %d: %s of %d x %d", seed, round, tiles, height, width)
                    .isTrue();
        }
    }

    private static float[][] sumOfWeights(TilePlan plan, int height, int width) {
        float[][] sum = new float[height][width];
        for (int tile = 0; tile < plan.count(); tile++) {
            float[] rows = plan.rows().weights(plan.row(tile));
            float[] columns = plan.columns().weights(plan.column(tile));
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < columns.length; j++) {
                    sum[plan.rows().start(plan.row(tile)) + i][plan.columns().start(plan.column(tile)) + j] +=
                            rows[i] * columns[j];
                }
            }
        }
        return sum;
    }

    @Test
    void shouldStartTilesOnTheGridOfJpegAndOverlapThemAtLeastAsAsked() {
        long seed = 21;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            Tiles tiles = new Tiles(256, 8 * (1 + random.nextInt(16)));
            int length = 64 * (5 + random.nextInt(100));

            TileAxis axis = TileAxis.of(length, tiles);

            for (int i = 1; i < axis.count(); i++) {
                String context = "seed " + seed + ": " + tiles + " of " + length + ", tile " + i;
                assertThat(axis.start(i) % 8).as(context).isZero();
                assertThat(axis.start(i - 1) + 256 - axis.start(i)).as(context).isGreaterThanOrEqualTo(tiles.overlap());
            }
            assertThat(axis.start(0)).isZero();
            assertThat(axis.start(axis.count() - 1) + 256).isEqualTo(length);
        }
    }

    @Test
    void shouldFadeWithoutStepsBetweenNeighbours() {
        TileAxis axis = TileAxis.of(640, new Tiles(256, 32));

        for (int tile = 0; tile < axis.count(); tile++) {
            float[] weights = axis.weights(tile);
            for (int i = 1; i < weights.length; i++) {
                // a raised cosine over 32 pixels has no slope steeper than pi / 64, and normalising at most doubles it
                assertThat(Math.abs(weights[i] - weights[i - 1])).isLessThan(0.1f);
            }
        }
        assertThat(axis.weights(0)[0]).isEqualTo(1);
        assertThat(axis.weights(0)[255]).isLessThan(0.01f);
        assertThat(axis.weights(axis.count() - 1)[255]).isEqualTo(1);
    }

    @Test
    void shouldReadTheOption() {
        assertThat(Tiling.parse("none")).isEqualTo(Tiling.WHOLE_IMAGE);
        assertThat(Tiling.parse("256")).isEqualTo(Tiling.DEFAULT);
        assertThat(Tiling.parse("64")).isEqualTo(new Tiles(64, 8));
        assertThatThrownBy(() -> Tiling.parse("many"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("many");
        assertThatThrownBy(() -> Tiling.parse("100")).hasMessageContaining("100");
        assertThatThrownBy(() -> new Tiles(256, 136)).hasMessageContaining("136");
    }
}
