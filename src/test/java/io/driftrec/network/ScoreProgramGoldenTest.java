package io.driftrec.network;

import static io.driftrec.network.NcsnppGoldenTest.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.network.NcsnppProgram.Options;
import io.driftrec.network.OutputParameterization.Residual;
import io.driftrec.network.OutputParameterization.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The score of a small model against the reference implementation's, and the two output parameterisations. */
class ScoreProgramGoldenTest {
    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);
    private static final NcsnppArchitecture SMALL =
            new NcsnppArchitecture(32, List.of(1, 2, 2, 2), 1, Set.of(), 6, 3, true, 2, false);
    private static final Path SMALL_WEIGHTS =
            Path.of("src/test/resources/network/models/small-ouve/weights.safetensors");

    @ParameterizedTest
    @CsvSource({
        "FP32, false, 1e-4, 1e-4",
        "FP32, true, 1e-4, 1e-4",
        "BF16, true, 1e-2, 2e-2",
        "FP16, true, 1e-3, 2e-3",
    })
    void shouldReproduceScoreAndCleanImageOfTheSmallModel(
            Precision precision, boolean isChannelsLast, double scoreTolerance, double residualTolerance)
            throws IOException {
        Safetensors golden = NcsnppGoldenTest.golden("small-ouve-residual");
        TorchScriptProgram program = NcsnppProgram.score(
                SMALL, new Residual(0.06), Safetensors.read(SMALL_WEIGHTS), new Options(precision, isChannelsLast));

        try (LoadedProgram network = ENGINE.load(program);
                NDManager manager = ENGINE.newManager()) {
            NDArray y = array(manager, golden.tensor("y"));
            for (double t : new double[] {1, 0.5, 0.1}) {
                String prefix = "t" + (t == 1 ? "1" : t) + ".";
                double a = Math.exp(-t);
                double sigma = 0.01 * Math.sqrt(Math.pow(100, 2 * t) - Math.exp(-2 * t));
                NDArray x = array(manager, golden.tensor(prefix + "x"));

                NDArray score = network.run(
                        x, y, manager.create(new float[] {(float) a}), manager.create(new float[] {(float) sigma}));

                assertThat(PrecisionTrial.deviation(
                                score.toFloatArray(),
                                golden.tensor(prefix + "score").toFloats()))
                        .as("score at t = %s", t)
                        .isLessThan(scoreTolerance);
                NDArray residual =
                        x.sub(y.mul(1 - a)).add(score.mul(sigma * sigma)).div(a).sub(y);
                NDArray expected =
                        array(manager, golden.tensor(prefix + "x0_hat")).sub(y);
                assertThat(PrecisionTrial.deviation(residual.toFloatArray(), expected.toFloatArray()))
                        .as("clean image minus corrupted image at t = %s", t)
                        .isLessThan(residualTolerance);
            }
        }
    }

    @Test
    void shouldBeTheRawNetworkOfBothImagesWhenOutputIsTheScore() throws IOException {
        Safetensors golden = NcsnppGoldenTest.golden("ncsnpp-score-nf16");
        NcsnppArchitecture architecture = new NcsnppArchitecture(16, List.of(1, 2), 1, Set.of(1), 6, 3, true, 16, true);
        TorchScriptProgram program = NcsnppProgram.score(
                architecture, new Score(), golden.under("weights."), new Options(Precision.FP32, true));

        try (LoadedProgram network = ENGINE.load(program);
                NDManager manager = ENGINE.newManager()) {
            NDArray input = array(manager, golden.tensor("input"));
            NDArray x = input.get(":, :3");
            NDArray y = input.get(":, 3:");

            NDArray score =
                    network.run(x, y, manager.ones(x.getShape().slice(0, 1)), array(manager, golden.tensor("sigma")));

            assertThat(PrecisionTrial.deviation(
                            score.toFloatArray(), golden.tensor("output").toFloats()))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void shouldRefuseWhenNetworkTakesNeitherOneImageNorTwo() {
        NcsnppArchitecture odd = new NcsnppArchitecture(4, List.of(1), 1, Set.of(), 4, 3, true, 16, true);

        assertThatThrownBy(() -> NcsnppProgram.score(
                        odd, new Score(), RandomWeights.of(odd, 1), new Options(Precision.FP32, false)))
                .hasMessageContaining("takes twice its 3 output channels, a regression as many; not 4");
    }

    @Test
    void shouldPullToTheEstimateOfARegression() {
        NcsnppArchitecture regression = new NcsnppArchitecture(8, List.of(1, 2), 1, Set.of(), 3, 3, true, 2, false);
        Safetensors weights = RandomWeights.of(regression, 1);
        Options options = new Options(Precision.FP32, true);
        try (LoadedProgram scores = ENGINE.load(NcsnppProgram.score(regression, new Residual(0.06), weights, options));
                LoadedProgram network = ENGINE.load(NcsnppProgram.raw(regression, weights, options));
                NDManager manager = ENGINE.newManager()) {
            NDArray y = manager.randomUniform(0, 1, new Shape(1, 3, 16, 16));
            NDArray x = y.add(manager.randomNormal(new Shape(1, 3, 16, 16)));
            double a = 0.37;

            NDArray score = scores.run(x, y, manager.create(new float[] {(float) a}), manager.create(new float[] {1}));

            NDArray answer = network.run(y.mul(2).sub(1), manager.create(new float[] {1}));
            NDArray estimate = x.sub(y.mul(1 - a)).add(score).div(a);
            assertThat(estimate.toFloatArray())
                    .containsExactly(y.add(answer.mul(0.06)).toFloatArray(), within(1e-5f));
        }
    }
}
