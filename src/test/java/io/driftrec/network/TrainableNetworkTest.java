package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainableNetworkTest {
    private static final NcsnppArchitecture TINY =
            new NcsnppArchitecture(8, List.of(1, 2), 1, Set.of(1), 6, 3, true, 2, false);
    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);

    private final Safetensors weights = RandomWeights.of(TINY, 5);
    private final float[] vector = ParameterVector.of(TINY, weights);

    @Test
    void shouldAnswerLikeTheNetworkWhoseParametersAreStored() {
        try (NDManager manager = ENGINE.newManager();
                TrainableNetwork network = TrainableNetwork.load(ENGINE, TINY, weights, Precision.FP32);
                LoadedProgram stored = ENGINE.load(
                        NcsnppProgram.raw(TINY, weights, new NcsnppProgram.Options(Precision.FP32, true)))) {
            NDArray input = image(manager, 2, 6);
            NDArray sigma = manager.create(new float[] {0.3f, 1});

            NDArray predicted = network.predict(manager.create(vector), input, sigma);

            assertThat(predicted.toFloatArray())
                    .containsExactly(stored.run(input, sigma).toFloatArray(), within(1e-5f));
        }
    }

    @Test
    void shouldGiveTheGradientThatFiniteDifferencesGive() {
        long seed = 17;
        SplittableRandom random = new SplittableRandom(seed);
        try (NDManager manager = ENGINE.newManager();
                TrainableNetwork network = TrainableNetwork.load(ENGINE, TINY, weights, Precision.FP32)) {
            NDArray input = image(manager, 1, 6);
            NDArray sigma = manager.create(new float[] {0.5f});
            NDArray theta = manager.create(vector);
            theta.setRequiresGradient(true);
            try (GradientCollector collector = ENGINE.newGradientCollector()) {
                collector.backward(network.predict(theta, input, sigma).square().mean());
            }
            float[] gradient = theta.getGradient().toFloatArray();

            for (int trial = 0; trial < 12; trial++) {
                int element = random.nextInt(vector.length);
                double step = 1e-2;
                double difference = (loss(network, manager, input, sigma, element, step)
                                - loss(network, manager, input, sigma, element, -step))
                        / (2 * step);
                assertThat((double) gradient[element])
                        .as("seed %d, element %d", seed, element)
                        .isCloseTo(difference, within(1e-3 + 0.02 * Math.abs(difference)));
            }
        }
    }

    @Test
    void shouldComputeInBfloat16WithFloatParameters() {
        try (NDManager manager = ENGINE.newManager();
                TrainableNetwork network = TrainableNetwork.load(ENGINE, TINY, weights, Precision.BF16)) {
            NDArray theta = manager.create(vector);
            theta.setRequiresGradient(true);
            try (GradientCollector collector = ENGINE.newGradientCollector()) {
                NDArray output = network.predict(theta, image(manager, 1, 6), manager.create(new float[] {0.5f}));
                collector.backward(output.square().mean());
            }
            float[] gradient = theta.getGradient().toFloatArray();

            double norm = 0;
            for (float element : gradient) {
                norm += element * element;
            }
            assertThat(gradient).hasSize(vector.length);
            assertThat(norm).isFinite().isPositive();
        }
    }

    @Test
    void shouldGiveBackTheWeightsOfItsVector() {
        assertThat(ParameterVector.weights(TINY, vector, weights)).isEqualTo(weights);
    }

    @Test
    void shouldRefuseAVectorOfAnotherSize() {
        assertThatThrownBy(() -> ParameterVector.weights(TINY, new float[7], weights))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the vector 7 elements");
    }

    @Test
    void shouldAnswerZeroWhenNew() {
        Safetensors fresh = NcsnppInitialization.draw(TINY, 3);
        try (NDManager manager = ENGINE.newManager();
                TrainableNetwork network = TrainableNetwork.load(ENGINE, TINY, fresh, Precision.FP32)) {
            NDArray theta = manager.create(ParameterVector.of(TINY, fresh));

            NDArray output = network.predict(theta, image(manager, 1, 6), manager.create(new float[] {0.5f}));

            assertThat(output.toFloatArray()).containsOnly(0);
            assertThat(NcsnppInitialization.draw(TINY, 3)).isEqualTo(fresh);
            assertThat(NcsnppInitialization.draw(TINY, 4)).isNotEqualTo(fresh);
        }
    }

    private double loss(
            TrainableNetwork network, NDManager manager, NDArray input, NDArray sigma, int element, double step) {
        float[] moved = vector.clone();
        moved[element] += (float) step;
        return network.predict(manager.create(moved), input, sigma)
                .square()
                .mean()
                .getFloat();
    }

    private static NDArray image(NDManager manager, int samples, int channels) {
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[samples * channels * 16 * 16];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return manager.create(values, new Shape(samples, channels, 16, 16));
    }
}
