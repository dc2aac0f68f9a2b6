package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.PhiloxNoise;
import io.driftrec.network.OutputParameterization.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchScriptScoreNetworkTest {
    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);
    private static LoadedModel model;

    @BeforeAll
    static void load() throws IOException {
        model = new ModelRepository(Path.of("models")).load("small-ouve", ENGINE, Precision.FP32);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void shouldGiveTheSameScoreWhenImageIsAloneOrInABatch() {
        assertThat(batchError(model.network(), new Shape(3, 3, 64, 64))).isLessThan(1e-5);
    }

    @ParameterizedTest
    @CsvSource({"FP32, 1e-5", "BF16, 1e-2", "FP16, 2e-3"})
    void shouldGiveTheSameScoreWhenPrecisionIsLow(Precision precision, double tolerance) {
        NcsnppArchitecture architecture = new NcsnppArchitecture(8, List.of(1, 2), 1, Set.of(1), 6, 3, true, 16, true);
        ModelCard tiny = new ModelCard(
                "tiny",
                "",
                architecture,
                new Score(),
                model.card().process(),
                0.03,
                false,
                Map.of(),
                List.of(),
                "none");

        try (ScoreNetwork network =
                TorchScriptScoreNetwork.load(ENGINE, tiny, RandomWeights.of(architecture, 1), precision)) {
            assertThat(batchError(network, new Shape(3, 3, 32, 48))).isLessThan(tolerance);
        }
    }

    private static double batchError(ScoreNetwork network, Shape batch) {
        double[] times = {1, 0.03, 0.4};
        double largest = 0;
        try (NDManager manager = network.newManager()) {
            NDArray x = normal(manager, 1, batch);
            NDArray y = normal(manager, 2, batch).mul(0.1).add(0.5);
            NDArray together = network.score(x, y, times);
            for (int i = 0; i < times.length; i++) {
                NDIndex image = new NDIndex("{}:{}", i, i + 1);
                NDArray alone = network.score(x.get(image), y.get(image), new double[] {times[i]});
                double error = PrecisionTrial.deviation(together.get(image).toFloatArray(), alone.toFloatArray());
                largest = Math.max(largest, error);
            }
        }
        return largest;
    }

    @Test
    void shouldAttachOnlyTheResultWhenEvaluatedOften() {
        try (NDManager manager = model.network().newManager()) {
            NDArray x = normal(manager, 1, new Shape(1, 3, 64, 64));
            NDArray y = x.mul(0.1);
            int before = ((BaseNDManager) manager).getManagedArrays().size();

            for (int i = 1; i <= 20; i++) {
                NDArray score = model.network().score(x, y, new double[] {0.5});
                assertThat(score.getManager()).isSameAs(manager);
                assertThat(((BaseNDManager) manager).getManagedArrays()).hasSize(before + 1);
                score.close();
            }
            assertThat(((BaseNDManager) manager).getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void shouldSayWhatDoesNotFitWhenArgumentsAreInvalid() {
        ScoreNetwork network = model.network();
        try (NDManager manager = network.newManager()) {
            NDArray x = manager.zeros(new Shape(1, 3, 64, 64));
            NDArray odd = manager.zeros(new Shape(1, 3, 60, 64));
            double[] t = {0.5};

            assertThatThrownBy(() -> network.score(odd, odd, t)).hasMessageContaining("multiples of 8");
            assertThatThrownBy(() -> network.score(x, odd, t)).hasMessageContaining("do not match");
            assertThatThrownBy(() -> network.score(x, x, new double[2])).hasMessageContaining("2 times for 1 states");
            assertThatThrownBy(() -> network.score(x, x, new double[] {0})).hasMessageContaining("(0, 1], not 0.0");
            assertThatThrownBy(() -> network.score(x, x, new double[] {Double.NaN}))
                    .hasMessageContaining("NaN");
            assertThatThrownBy(() -> network.score(x.get(0), x.get(0), t)).hasMessageContaining("(N, 3, H, W)");
            assertThatThrownBy(() -> network.score(x.toType(DataType.FLOAT64, true), x, t))
                    .hasMessageContaining("must be float32");
        }
    }

    @Test
    void shouldSayThatMemoryIsOutWhenDeviceCannotAllocate() {
        ProgramSource source = new ProgramSource("x");
        String huge = source.call("expand", "x", List.of(1L << 46));
        TorchScriptProgram program = source.returning(source.call("contiguous", huge));

        try (LoadedProgram loaded = ENGINE.load(program);
                NDManager manager = ENGINE.newManager()) {
            NDArray one = manager.ones(new Shape(1));

            assertThatThrownBy(() -> loaded.run(one)).isInstanceOf(DeviceOutOfMemoryException.class);
        }
    }

    private static NDArray normal(NDManager manager, long seed, Shape batch) {
        NDList images = new NDList();
        for (int i = 0; i < batch.get(0); i++) {
            images.add(new PhiloxNoise(seed, i).normal(0, batch.slice(1), manager));
        }
        return NDArrays.stack(images);
    }
}
