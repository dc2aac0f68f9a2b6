package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PhiloxNoiseTest {
    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** The layout, spelled out once more: counter (block, 0, draw, sample), key (low, high). */
    @Test
    void shouldFollowTheDocumentedLayout() {
        long seed = 0x299f31d0_a4093822L;
        float[] values = values(new PhiloxNoise(seed, 2), 5, new Shape(3, 1, 3));
        for (int element = 0; element < values.length; element++) {
            int[] words = {element / 4, 0, 5, 2};
            new Philox4x32(0xa4093822, 0x299f31d0).encrypt(words);
            int pair = element % 4 / 2 * 2;
            double radius = Math.sqrt(-2 * Math.log((Integer.toUnsignedLong(words[pair]) + 0.5) / 4294967296.0));
            double angle = 2 * Math.PI * (Integer.toUnsignedLong(words[pair + 1]) + 0.5) / 4294967296.0;
            double expected = element % 2 == 0 ? radius * Math.cos(angle) : radius * Math.sin(angle);
            assertThat(values[element]).isCloseTo((float) expected, within(1e-6f));
        }
    }

    /** Fixed values, so that no change of the mapping goes unseen; computed by an independent Python program. */
    @Test
    void shouldKeepItsValues() {
        float[] values = values(new PhiloxNoise(42, 0), 0, new Shape(3, 2, 2));
        assertThat(values)
                .containsExactly(
                        new float[] {
                            -0.97018979f,
                            0.19401896f,
                            -1.23562074f,
                            1.92392675f,
                            -0.07318151f,
                            0.13913750f,
                            -1.10666503f,
                            0.32668296f,
                            -0.33696185f,
                            -0.51874868f,
                            0.14856698f,
                            -0.99521526f
                        },
                        within(1e-6f));
        PhiloxNoise noise = new PhiloxNoise(42, 0);
        assertThat(new int[] {noise.sign(1), noise.sign(2), noise.sign(3), noise.sign(4), noise.sign(5), noise.sign(6)})
                .containsExactly(1, 1, 1, -1, 1, 1);
    }

    @Test
    void shouldBeStandardNormal() {
        float[] values = values(new PhiloxNoise(7, 0), 3, new Shape(3, 300, 300));
        double n = values.length;
        double[] moments = new double[5];
        double neighbours = 0;
        for (int i = 0; i < values.length; i++) {
            for (int power = 1; power <= 4; power++) {
                moments[power] += Math.pow(values[i], power) / n;
            }
            neighbours += (double) values[i] * values[(i + 1) % values.length] / n;
        }
        // four standard errors: 1/sqrt(n), sqrt(2/n), sqrt(15/n), sqrt(96/n)
        assertThat(moments[1]).isCloseTo(0, within(4 / Math.sqrt(n)));
        assertThat(moments[2]).isCloseTo(1, within(4 * Math.sqrt(2 / n)));
        assertThat(moments[3]).isCloseTo(0, within(4 * Math.sqrt(15 / n)));
        assertThat(moments[4]).isCloseTo(3, within(4 * Math.sqrt(96 / n)));
        assertThat(neighbours).isCloseTo(0, within(4 / Math.sqrt(n)));
    }

    @Test
    void shouldTossFairSigns() {
        PhiloxNoise noise = new PhiloxNoise(7, 0);
        int sum = 0;
        for (int draw = 1; draw <= 10_000; draw++) {
            assertThat(noise.sign(draw)).isIn(-1, 1);
            sum += noise.sign(draw);
        }
        assertThat(sum).isBetween(-400, 400);
    }

    @Test
    void shouldDependOnSeedSampleAndDraw() {
        Shape shape = new Shape(3, 4, 4);
        float[] values = values(new PhiloxNoise(1, 0), 1, shape);
        assertThat(values(new PhiloxNoise(1, 0), 1, shape)).containsExactly(values);
        assertThat(correlation(values, values(new PhiloxNoise(2, 0), 1, shape))).isLessThan(0.5);
        assertThat(correlation(values, values(new PhiloxNoise(1L + (1L << 32), 0), 1, shape)))
                .isLessThan(0.5);
        assertThat(correlation(values, values(new PhiloxNoise(1, 1), 1, shape))).isLessThan(0.5);
        assertThat(correlation(values, values(new PhiloxNoise(1, 0), 2, shape))).isLessThan(0.5);
    }

    /** The element's number decides, so the first rows of a taller image of the same width are the same in its first plane. */
    @Test
    void shouldNotDependOnWhatFollows() {
        float[] small = values(new PhiloxNoise(9, 0), 4, new Shape(1, 3, 5));
        float[] large = values(new PhiloxNoise(9, 0), 4, new Shape(1, 7, 5));
        assertThat(large).startsWith(small);
    }

    @Test
    void shouldRefuseANegativeSample() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PhiloxNoise(0, -1))
                .withMessageContaining("sample is -1");
    }

    private float[] values(NoiseSource noise, int draw, Shape shape) {
        var array = noise.normal(draw, shape, manager);
        assertThat(array.getShape()).isEqualTo(shape);
        assertThat(array.getDataType()).isEqualTo(DataType.FLOAT32);
        return array.toFloatArray();
    }

    private static double correlation(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return Math.abs(sum) / a.length;
    }
}
