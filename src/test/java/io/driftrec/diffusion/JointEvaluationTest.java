package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JointEvaluationTest {
    private static final Shape SHAPE = new Shape(3, 4, 5);

    private final NDManager manager = NDManager.newBaseManager();
    private final Random random = new Random(3);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void shouldGiveEachSumWhatItGivesItAlone() {
        List<LinearCombination> sums = new ArrayList<>();
        List<float[]> alone = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            LinearCombination sum = random(i % 5 == 0 ? new Shape(2, 2, 3) : SHAPE, 1 + i % 4, i);
            sums.add(sum);
            alone.add(sum.value().toFloatArray());
        }

        NDList together = JointEvaluation.of(sums);

        for (int i = 0; i < sums.size(); i++) {
            assertThat(together.get(i).getShape()).isEqualTo(sums.get(i).first().getShape());
            assertThat(together.get(i).toFloatArray()).as("sum %d", i).containsExactly(alone.get(i));
        }
    }

    @Test
    void shouldAddUpWhatItSays() {
        NDArray x = manager.create(new float[] {1, 2}, new Shape(1, 1, 2));
        NDArray y = manager.create(new float[] {10, 20}, new Shape(1, 1, 2));
        NoiseDraw z = numbered(1).draw(4);
        LinearCombination part = LinearCombination.of(2, x).plus(1).plus(3, z);

        LinearCombination sum = LinearCombination.of(1, x)
                .plus(0.5, y)
                .plus(0, manager.create(new float[] {Float.NaN, 0}, new Shape(1, 1, 2)))
                .plus(-1, part)
                .plus(0.25);

        assertThat(sum.size()).as("x is one term").isEqualTo(3);
        // 1 - 2 + 5 - 1 - 3 x 4 + 0.25 and 2 - 4 + 10 - 1 - 12 + 0.25
        assertThat(sum.value().toFloatArray()).containsExactly(-8.75f, -4.75f);
        assertThat(LinearCombination.of(2, sum).value().toFloatArray()).containsExactly(-17.5f, -9.5f);
    }

    /** The values of a draw are its number times a scale, in every place. */
    private static NoiseSource numbered(double scale) {
        return new NoiseSource() {
            @Override
            public NDArray normal(int draw, Shape shape, NDManager owner) {
                return owner.full(shape, (float) (scale * draw));
            }

            @Override
            public int sign(int draw) {
                return 1;
            }
        };
    }

    @Test
    void shouldMakeTheNoiseOfAllTrajectoriesAtOnceAndEachDrawOnce() {
        List<Integer> callSizes = new ArrayList<>();
        NoiseGenerator generator = (draws, shape, owner) -> {
            callSizes.add(draws.size());
            return NoiseGenerator.ONE_BY_ONE.normal(draws, shape, owner);
        };
        List<LinearCombination> sums = new ArrayList<>();
        NDArray x = manager.zeros(SHAPE, DataType.FLOAT64);
        for (int i = 0; i < 6; i++) {
            NoiseSource source = sharing(generator, numbered(i));
            sums.add(LinearCombination.of(1, x).plus(1, source.draw(1)));
            sums.add(LinearCombination.of(1, x).plus(10, source.draw(1)));
        }

        NDList values = JointEvaluation.of(sums);

        assertThat(callSizes).containsExactly(6);
        for (int i = 0; i < 6; i++) {
            assertThat(values.get(2 * i).toDoubleArray()).containsOnly(i);
            assertThat(values.get(2 * i + 1).toDoubleArray()).containsOnly(10.0 * i);
        }
    }

    private static NoiseSource sharing(NoiseGenerator generator, NoiseSource values) {
        return new NoiseSource() {
            @Override
            public NDArray normal(int draw, Shape shape, NDManager owner) {
                return values.normal(draw, shape, owner);
            }

            @Override
            public int sign(int draw) {
                return values.sign(draw);
            }

            @Override
            public NoiseGenerator generator() {
                return generator;
            }
        };
    }

    @Test
    void shouldLeaveEverythingAsItWasWhenAComputationFails() {
        AtomicBoolean isFull = new AtomicBoolean(true);
        NoiseGenerator generator = (draws, shape, owner) -> {
            if (isFull.get()) {
                throw new IllegalStateException("no memory");
            }
            return NoiseGenerator.ONE_BY_ONE.normal(draws, shape, owner);
        };
        NDManager owner = manager.newSubManager();
        DeferredArray one = new DeferredArray(owner);
        DeferredArray other = new DeferredArray(owner);
        one.become(LinearCombination.of(1, manager.ones(SHAPE)));
        DeferredArray.settle(List.of(one, other));
        NDArray before = one.value();
        one.become(LinearCombination.of(5, before));
        other.become(LinearCombination.of(1, before)
                .plus(1, sharing(generator, numbered(1)).draw(2)));
        int arrays = manager.getManagedArrays().size();

        assertThatThrownBy(() -> DeferredArray.settle(List.of(one, other))).hasMessage("no memory");

        assertThat(manager.getManagedArrays()).hasSize(arrays);
        assertThatIllegalStateException().isThrownBy(one::value);
        isFull.set(false);
        DeferredArray.settle(List.of(one, other));
        assertThat(one.value().toFloatArray()).containsOnly(5);
        assertThat(other.value().toFloatArray()).containsOnly(3);
        other.drop();
        DeferredArray.settle(List.of(other));
        assertThat(other.value()).isNull();
    }

    private LinearCombination random(Shape shape, int terms, int number) {
        LinearCombination sum = LinearCombination.of(random.nextGaussian(), array(shape));
        for (int term = 1; term < terms; term++) {
            if (term == 2) {
                sum.plus(random.nextGaussian(), new PhiloxNoise(number, 0).draw(term));
            } else {
                sum.plus(random.nextGaussian(), array(shape));
            }
        }
        return number % 3 == 0 ? sum.plus(random.nextGaussian()) : sum;
    }

    private NDArray array(Shape shape) {
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return manager.create(values, shape);
    }
}
