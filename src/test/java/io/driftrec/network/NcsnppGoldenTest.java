package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.network.NcsnppProgram.Options;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emitted network against outputs of the reference implementation with random weights. */
class NcsnppGoldenTest {
    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);

    @ParameterizedTest
    @CsvSource({
        "score-nf16, FP32, false, 1e-5",
        "score-nf16, FP32, true, 1e-5",
        "score-nf16, BF16, false, 1.5e-2",
        "score-nf16, BF16, true, 1.5e-2",
        "score-nf16, FP16, false, 2e-3",
        "score-nf16, FP16, true, 2e-3",
        "score-nf8-deep, FP32, true, 1e-5",
        "score-nf8-deep, BF16, true, 1.5e-2",
        "score-nf8-deep, FP16, true, 2e-3",
        "regression-nf16, FP32, false, 1e-5",
        "regression-nf16, FP32, true, 1e-5",
        "regression-nf16, BF16, true, 1.5e-2",
        "regression-nf16, FP16, true, 2e-3",
    })
    void shouldReproduceReferenceNetwork(String file, Precision precision, boolean isChannelsLast, double tolerance)
            throws IOException {
        Safetensors golden = golden("ncsnpp-" + file);
        TorchScriptProgram program =
                NcsnppProgram.raw(architecture(file), golden.under("weights."), new Options(precision, isChannelsLast));

        try (LoadedProgram network = ENGINE.load(program);
                NDManager manager = ENGINE.newManager()) {
            NDArray input = array(manager, golden.tensor("input"));
            NDArray sigma = golden.tensors().containsKey("sigma")
                    ? array(manager, golden.tensor("sigma"))
                    : manager.ones(new Shape(1));
            float[] output = network.run(input, sigma).toFloatArray();

            double error =
                    PrecisionTrial.deviation(output, golden.tensor("output").toFloats());
            assertThat(error).isLessThan(tolerance);
        }
    }

    private static NcsnppArchitecture architecture(String file) {
        return switch (file) {
            case "score-nf16" -> new NcsnppArchitecture(16, List.of(1, 2), 1, Set.of(1), 6, 3, true, 16, true);
            case "score-nf8-deep" -> new NcsnppArchitecture(8, List.of(1, 1, 2, 2), 2, Set.of(2), 6, 3, true, 16, true);
            case "regression-nf16" -> new NcsnppArchitecture(16, List.of(1, 2), 1, Set.of(1), 3, 3, false, 16, false);
            default -> throw new IllegalArgumentException(file);
        };
    }

    static Safetensors golden(String name) throws IOException {
        try (InputStream in = NcsnppGoldenTest.class.getResourceAsStream("/network/" + name + ".safetensors")) {
            return Safetensors.read(in);
        }
    }

    static NDArray array(NDManager manager, Tensor tensor) {
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        return manager.create(tensor.toFloats(), new Shape(shape));
    }
}
