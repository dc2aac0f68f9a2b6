package io.driftrec.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.image.Picture;
import io.driftrec.image.Rgb8;
import io.driftrec.network.FormulaWeights;
import io.driftrec.network.TensorEngine;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FeatureMapsTest {
    private static final int SIDE = 128;
    private static final int MAPS_IN_A_ROW = 4;
    /** Of a map, in its pixels, that sees beyond an edge. */
    private static final int BORDER = 4;

    private static FeatureMaps maps;

    @BeforeAll
    static void load() {
        maps = FeatureMaps.squeezeNet(TensorEngine.start("cpu", 1), FormulaWeights.of("squeezenet-1.1-lpips"));
    }

    @AfterAll
    static void close() {
        maps.close();
    }

    @Test
    void shouldShowSixteenMapsInShadesOfTheCleanImage() {
        Rgb8 clean = noiseBesideGrey();

        Picture square = maps.scaledTo(clean).apply(clean);

        int side = square.width() / MAPS_IN_A_ROW;
        assertThat(square.width()).isEqualTo(square.height()).isEqualTo(MAPS_IN_A_ROW * side);
        assertThat(side)
                .as("a quarter, less what the first convolution cuts off")
                .isBetween(SIDE / 4 - 2, SIDE / 4);
        int alive = 0;
        for (int map = 0; map < MAPS_IN_A_ROW * MAPS_IN_A_ROW; map++) {
            float[] values = values(square, map, 0, 0, side);
            assertThat(IntStream.range(0, values.length).allMatch(i -> values[i] >= 0 && values[i] <= 1))
                    .isTrue();
            if (spread(values) > 0) { // a map of these weights may be zero throughout
                alive++;
                assertThat(values).as("map %d", map).contains(1f);
            }
        }
        assertThat(alive).isGreaterThan(8);
        assertThat(square.planes()).startsWith(square.planes()[square.pixels()], square.planes()[square.pixels() + 1]);
    }

    @Test
    void shouldShowTexturesWhereTheyAre() {
        Picture square = maps.scaledTo(noiseBesideGrey()).apply(noiseBesideGrey());

        int side = square.width() / MAPS_IN_A_ROW;
        float[] noisy = values(square, 5, BORDER, BORDER, side / 2 - BORDER);
        float[] grey = values(square, 5, BORDER, side / 2 + BORDER, side - BORDER);
        assertThat(spread(noisy)).isGreaterThan(0.1f);
        assertThat(spread(grey)).isLessThan(1e-5f);
    }

    @Test
    void shouldCompareWithTheCleanImageInsteadOfScalingEveryImageByItself() {
        Rgb8 clean = noiseBesideGrey();
        Rgb8 grey = image(false);

        Picture square = maps.scaledTo(clean).apply(grey);

        float[] brightest = new float[MAPS_IN_A_ROW * MAPS_IN_A_ROW];
        int side = square.width() / MAPS_IN_A_ROW;
        for (int map = 0; map < brightest.length; map++) {
            for (float value : values(square, map, 0, 0, side)) {
                brightest[map] = Math.max(brightest[map], value);
            }
        }
        assertThat(brightest).as("white in no map, as in the noise").doesNotContain(1f);
    }

    private static Rgb8 noiseBesideGrey() {
        return image(true);
    }

    private static Rgb8 image(boolean hasNoise) {
        Random random = new Random(1);
        byte[] samples = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (hasNoise && i / 3 % SIDE < SIDE / 2 ? random.nextInt(256) : 128);
        }
        return new Rgb8(SIDE, SIDE, samples);
    }

    /** Of columns {@code from} to {@code to} of a map, without so many rows above and below. */
    private static float[] values(Picture square, int map, int border, int from, int to) {
        int side = square.width() / MAPS_IN_A_ROW;
        float[] planes = square.planes();
        float[] values = new float[(side - 2 * border) * (to - from)];
        int i = 0;
        for (int row = border; row < side - border; row++) {
            for (int column = from; column < to; column++) {
                int y = map / MAPS_IN_A_ROW * side + row;
                values[i++] = planes[y * square.width() + map % MAPS_IN_A_ROW * side + column];
            }
        }
        return values;
    }

    private static float spread(float[] values) {
        float least = Float.MAX_VALUE;
        float most = -Float.MAX_VALUE;
        for (float value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return most - least;
    }
}
