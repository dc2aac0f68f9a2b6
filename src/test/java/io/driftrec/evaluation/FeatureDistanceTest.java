package io.driftrec.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftrec.network.FormulaWeights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Distances of sets of features; expected values by mpmath with 60 digits (Fréchet) and NumPy (kernel). */
class FeatureDistanceTest {
    @ParameterizedTest
    @CsvSource({
        "60, 80, 12, 0.6051778320591815, 0.3036945167841747",
        "10, 14, 40, 7.278163896658745, 0.3557162885411618",
        "30, 9, 20, 2.700250798199683, 0.25665964825381415",
    })
    void shouldEqualNumpyWhenSetsDiffer(int restoredCount, int referenceCount, int dimension, double fd, double kd) {
        List<float[]> restored = vectors("restored", restoredCount, dimension, 0.1, 1.2);
        List<float[]> reference = vectors("reference", referenceCount, dimension, 0, 1);

        assertThat(FrechetDistance.of(restored, reference)).isCloseTo(fd, within(1e-9));
        assertThat(FrechetDistance.of(reference, restored)).isCloseTo(fd, within(1e-9));
        assertThat(KernelDistance.of(restored, reference)).isCloseTo(kd, within(1e-12));
        assertThat(KernelDistance.of(reference, restored)).isCloseTo(kd, within(1e-12));
    }

    @Test
    void shouldBeSquaredShiftWhenOneSetIsTheOtherShifted() {
        List<float[]> reference = vectors("reference", 20, 30, 0, 1);
        List<float[]> shifted = vectors("reference", 20, 30, 0.5, 1);

        assertThat(FrechetDistance.of(shifted, reference)).isCloseTo(30 * 0.25, within(1e-5));
    }

    @Test
    void shouldBeNothingWhenSetsAreEqual() {
        List<float[]> set = vectors("reference", 7, 30, 0, 1);

        assertThat(FrechetDistance.of(set, set)).isCloseTo(0, within(1e-12));
    }

    @Test
    void shouldBeZeroInFrechetDistanceWhenAllImagesAreTheSame() {
        List<float[]> set = List.of(new float[] {1, 2}, new float[] {1, 2}, new float[] {1, 2});

        assertThat(FrechetDistance.of(set, set)).isZero();
        assertThat(KernelDistance.of(set, set)).isZero();
    }

    @Test
    void shouldRefuseSetsThatHaveNoDistance() {
        List<float[]> one = List.of(new float[2]);
        List<float[]> two = List.of(new float[2], new float[2]);
        List<float[]> uneven = List.of(new float[2], new float[3]);
        List<float[]> infinite = List.of(new float[2], new float[] {0, Float.POSITIVE_INFINITY});

        assertThatThrownBy(() -> FrechetDistance.of(one, two)).hasMessageContaining("sets of 1 and 2 images");
        assertThatThrownBy(() -> KernelDistance.of(two, uneven)).hasMessageContaining("2 and 3 values");
        assertThatThrownBy(() -> KernelDistance.of(infinite, two)).hasMessageContaining("Infinity");
    }

    private static List<float[]> vectors(String name, int count, int dimension, double shift, double scale) {
        double[] uniform = FormulaWeights.uniform(name, count * dimension);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[dimension];
            for (int k = 0; k < dimension; k++) {
                vector[k] = (float) (scale * uniform[i * dimension + k] + shift);
            }
            vectors.add(vector);
        }
        return vectors;
    }
}
