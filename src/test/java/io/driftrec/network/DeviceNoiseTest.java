package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.NoiseDraw;
import io.driftrec.diffusion.NoiseSource;
import io.driftrec.diffusion.PhiloxNoise;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceNoiseTest {
    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);
    private static final DeviceNoise NOISE = DeviceNoise.load(ENGINE);

    @AfterAll
    static void close() {
        NOISE.close();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 64, 64",
        "1, 0, 1, 8, 8",
        "-1, 2147483647, 2147483647, 16, 24",
        "-9223372036854775808, 3, 7, 5, 7",
        "81985529216486895, 2, 100, 1, 1",
    })
    void shouldEqualTheHostsNoise(long seed, int sample, int draw, int height, int width) {
        Shape shape = new Shape(3, height, width);
        try (NDManager manager = ENGINE.newManager()) {
            NDArray device = NOISE.noise(seed, sample).normal(draw, shape, manager);
            NDArray host = new PhiloxNoise(seed, sample).normal(draw, shape, manager);

            assertThat(device.getShape()).isEqualTo(shape);
            assertThat(device.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(device.getManager()).isSameAs(manager);
            assertThat(device.toFloatArray()).containsExactly(host.toFloatArray(), Offset.offset(1e-6f));
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 16, 16", "1, 5, 7"})
    void shouldMakeDrawsOfManySourcesTogether(int channels, int height, int width) {
        Shape shape = new Shape(channels, height, width);
        List<NoiseDraw> draws = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            draws.add(NOISE.noise(i * 0x123456789ABCDEFL, i % 3).draw(7 * i));
        }
        try (NDManager manager = ENGINE.newManager()) {
            NDList together = NOISE.normal(draws, shape, manager);

            assertThat(together).hasSize(draws.size());
            for (int i = 0; i < draws.size(); i++) {
                NDArray alone = draws.get(i).source().normal(draws.get(i).number(), shape, manager);
                assertThat(together.get(i).getShape()).isEqualTo(shape);
                assertThat(together.get(i).getManager()).isSameAs(manager);
                assertThat(together.get(i).toFloatArray()).as("draw %d", i).containsExactly(alone.toFloatArray());
            }
        }
    }

    /** The word vectors are the known answers of Salmon et al.'s Random123 for Philox 4x32-10. */
    @Test
    void shouldHaveTheKnownAnswerWhenCounterAndKeyAreZero() {
        double[] words = {0x6627e8d5L, 0xe169c58dL, 0xbc57ac4cL, 0x9b00dbd8L};
        float[] expected = new float[4];
        for (int pair = 0; pair < 4; pair += 2) {
            double radius = Math.sqrt(-2 * Math.log((words[pair] + 0.5) * 0x1p-32));
            double angle = 2 * Math.PI * (words[pair + 1] + 0.5) * 0x1p-32;
            expected[pair] = (float) (radius * Math.cos(angle));
            expected[pair + 1] = (float) (radius * Math.sin(angle));
        }
        try (NDManager manager = ENGINE.newManager()) {
            NDArray noise = NOISE.noise(0, 0).normal(0, new Shape(1, 2, 2), manager);

            assertThat(noise.toFloatArray()).containsExactly(expected, Offset.offset(1e-6f));
        }
    }

    @Test
    void shouldGiveTheHostsSigns() {
        NoiseSource device = NOISE.noise(77, 1);
        NoiseSource host = new PhiloxNoise(77, 1);

        for (int draw = 0; draw < 100; draw++) {
            assertThat(device.sign(draw)).isEqualTo(host.sign(draw));
        }
    }

    @Test
    void shouldBeStandardNormal() {
        try (NDManager manager = ENGINE.newManager()) {
            NDArray noise = NOISE.noise(5, 0).normal(1, new Shape(3, 512, 512), manager);

            assertThat(noise.mean().getFloat()).isCloseTo(0, Offset.offset(5e-3f));
            assertThat(noise.mul(noise).mean().getFloat()).isCloseTo(1, Offset.offset(1e-2f));
            assertThat(noise.abs().max().getFloat()).isBetween(4f, 6.7f);
        }
    }
}
