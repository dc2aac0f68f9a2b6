package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegressionConversionTest {
    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);
    private static final NcsnppArchitecture PAIRED =
            new NcsnppArchitecture(8, List.of(1, 2, 2), 1, Set.of(1), 6, 3, true, 2, false);

    @Test
    void shouldAnswerWhatTheNetworkDoesToAStateOfZeros() {
        Safetensors weights = RandomWeights.of(PAIRED, 4);
        NcsnppArchitecture alone = RegressionConversion.architecture(PAIRED);
        NcsnppProgram.Options options = new NcsnppProgram.Options(Precision.FP32, true);
        try (LoadedProgram before = ENGINE.load(NcsnppProgram.raw(PAIRED, weights, options));
                LoadedProgram after =
                        ENGINE.load(NcsnppProgram.raw(alone, RegressionConversion.weights(PAIRED, weights), options));
                NDManager manager = ENGINE.newManager()) {
            NDArray image = manager.randomNormal(new Shape(2, 3, 16, 24));
            NDArray level = manager.create(new float[] {1, 0.1f});

            NDArray expected = before.run(image.zerosLike().concat(image, 1), level);
            NDArray answer = after.run(image, level);

            assertThat(expected.abs().max().getFloat()).isGreaterThan(0.1f);
            assertThat(answer.sub(expected).abs().max().getFloat())
                    .isCloseTo(0, within(1e-5f * expected.abs().max().getFloat()));
        }
    }

    @Test
    void shouldRefuseANetworkWithoutAState() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegressionConversion.architecture(RegressionConversion.architecture(PAIRED)))
                .withMessageContaining("3 channels");
    }
}
