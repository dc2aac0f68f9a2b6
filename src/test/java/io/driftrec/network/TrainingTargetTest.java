package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.I2sb;
import io.driftrec.diffusion.Indi;
import io.driftrec.diffusion.Ouve;
import io.driftrec.diffusion.PhiloxNoise;
import io.driftrec.diffusion.Tsdve;
import io.driftrec.network.OutputParameterization.Clean;
import io.driftrec.network.OutputParameterization.Displacement;
import io.driftrec.network.OutputParameterization.Residual;
import io.driftrec.network.OutputParameterization.Score;
import io.driftrec.network.TrainingTarget.Mixture;
import io.driftrec.network.TrainingTarget.Reduction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is trained is what is evaluated. */
class TrainingTargetTest {
    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);
    private static final Shape IMAGE = new Shape(1, 3, 16, 16);
    private static final double[] TIMES = {1, 0.5, 0.06};

    static Stream<Arguments> outputs() {
        return Stream.of(
                Arguments.of(new Ouve(), new Score(), true),
                Arguments.of(new Tsdve(), new Score(), false),
                Arguments.of(new Ouve(), new Residual(0.06), false),
                Arguments.of(new Ouve(), new Clean(), false),
                Arguments.of(new I2sb(), new Displacement(), false),
                Arguments.of(new I2sb(), new Clean(), false),
                Arguments.of(new I2sb(), new Score(), true),
                Arguments.of(new Indi(0.05, 0.5), new Displacement(), false),
                Arguments.of(new Indi(), new Clean(), false));
    }

    /**
     * The bare network answers to the inputs of the target as to any; which clean image would have made that answer the right one
     * must be the clean estimate that a sampler takes from the whole program's score.
     */
    @ParameterizedTest
    @MethodSource("outputs")
    void shouldTrainWhatTheProgramComputes(ForwardProcess process, OutputParameterization output, boolean divides) {
        NcsnppArchitecture architecture = new NcsnppArchitecture(8, List.of(1, 2), 1, Set.of(), 6, 3, true, 2, divides);
        ModelCard card =
                new ModelCard("tiny", "", architecture, output, process, 0.03, false, Map.of(), List.of(), "none");
        Safetensors weights = RandomWeights.of(architecture, 4);
        NcsnppProgram.Options options = new NcsnppProgram.Options(Precision.FP32, true);
        try (ScoreNetwork network = TorchScriptScoreNetwork.load(ENGINE, card, weights, Precision.FP32);
                LoadedProgram raw = ENGINE.load(NcsnppProgram.raw(architecture, weights, options));
                NDManager manager = ENGINE.newManager()) {
            for (double t : TIMES) {
                double error = error(TrainingTarget.of(process, output, t), t, process, network, raw, manager);
                assertThat(error).as("at t = %s", t).isLessThan(3e-5);
            }
            double error = error(TrainingTarget.ofStart(process, output), 1, process, network, raw, manager);
            assertThat(error).as("at the start without noise").isLessThan(3e-5);
        }
    }

    /** Between the clean image of the program's score and the one implied by the bare answer, as a share of its values where above 1. */
    private static double error(
            TrainingTarget training,
            double t,
            ForwardProcess process,
            ScoreNetwork network,
            LoadedProgram raw,
            NDManager manager) {
        NDArray x0 = normal(manager, 1).mul(0.1).add(0.4);
        NDArray y = normal(manager, 2).mul(0.1).add(0.5);
        NDArray z = normal(manager, 3);
        NDArray x = mix(training.state(), x0, y, z);
        NDArray input = NDArrays.concat(
                new NDList(mix(training.stateInput(), x0, y, z), mix(training.imageInput(), x0, y, z)), 1);
        NDArray answer = raw.run(input, manager.create(new float[] {(float) training.level()}));

        NDArray score = network.score(x, y, new double[] {t});

        double alpha = process.scoreSignal(t);
        NDArray estimate = x.sub(y.mul(1 - alpha))
                .add(score.mul(Math.pow(process.level(t), 2)))
                .div(alpha);
        NDArray implied = impliedByAnswer(training, answer.mul(training.outputWeight()), x, y);
        return estimate.sub(implied).abs().max().getFloat()
                / Math.max(1, implied.abs().max().getFloat());
    }

    /** Solves target and state for x0, with z eliminated where there is any. */
    private static NDArray impliedByAnswer(TrainingTarget training, NDArray answer, NDArray x, NDArray y) {
        Mixture state = training.state();
        Mixture target = training.target();
        double ratio = state.noise() == 0 ? 0 : target.noise() / state.noise();
        double weight = target.clean() - ratio * state.clean();
        return answer.sub(target.offset())
                .sub(x.mul(ratio))
                .sub(y.mul(target.image() - ratio * state.image()))
                .div(weight);
    }

    @Test
    void shouldBeTheLossOfDriftRecWhenOutputIsTheScore() {
        Ouve sde = new Ouve();
        TrainingTarget training = TrainingTarget.of(sde, new Score(), 0.3);
        assertThat(training.state()).isEqualTo(new Mixture(sde.signal(0.3), 1 - sde.signal(0.3), sde.std(0.3), 0));
        assertThat(training.stateInput()).isEqualTo(training.state());
        assertThat(training.imageInput()).isEqualTo(new Mixture(0, 1, 0, 0));
        assertThat(training.level()).isEqualTo(sde.std(0.3));
        assertThat(training.outputWeight()).isEqualTo(sde.std(0.3));
        assertMixture(training.target(), 0, 0, -1, 0);
        assertThat(training.reduction()).isEqualTo(Reduction.HALF_SUM);
    }

    /** {@code (x_t - x0) / f} with {@code x_t = (1 - f^2/S) x0 + (f^2/S) y + f sqrt(1 - f^2/S) z}. */
    @Test
    void shouldBeTheLabelOfI2sb() {
        I2sb bridge = new I2sb();
        double f = bridge.level(0.3);
        double share = Math.pow(f / bridge.level(1), 2);
        TrainingTarget training = TrainingTarget.of(bridge, new Displacement(), 0.3);
        assertMixture(training.state(), 1 - share, share, f * Math.sqrt(1 - share), 0);
        assertMixture(training.stateInput(), 2 * (1 - share), 2 * share, 2 * f * Math.sqrt(1 - share), -1);
        assertMixture(training.imageInput(), 0, 2, 0, -1);
        assertMixture(training.target(), -share / f, share / f, Math.sqrt(1 - share), 0);
        assertThat(training.reduction()).isEqualTo(Reduction.MEAN);
    }

    /** Karras et al. (2022) choose the weights so; and what is left to find has nothing in common with what is seen. */
    @Test
    void shouldHaveInputsAndTargetsOfUnitVarianceWhenOutputIsTheResidual() {
        double spread = 0.06;
        for (double t : TIMES) {
            TrainingTarget training = TrainingTarget.of(new Ouve(), new Residual(spread), t);
            for (Mixture mixture : List.of(training.stateInput(), training.target())) {
                assertThat(mixture.image()).isCloseTo(-mixture.clean(), within(1e-9));
                assertThat(Math.hypot(mixture.clean() * spread, mixture.noise()))
                        .isCloseTo(1, within(1e-9));
            }
            double correlation =
                    training.stateInput().clean() * training.target().clean() * spread * spread
                            + training.stateInput().noise() * training.target().noise();
            assertThat(correlation).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void shouldShowTheImageAloneAtTheStartWithoutNoise() {
        TrainingTarget start = TrainingTarget.ofStart(new Ouve(), new Residual(0.06));

        assertThat(start.state()).isEqualTo(new Mixture(0, 1, 0, 0));
        assertMixture(start.stateInput(), 0, 0, 0, 0);
        assertThat(start.level()).isEqualTo(new Ouve().level(1));
        assertThat(start.target().noise()).isZero();
        assertThat(start.target().image()).isEqualTo(-start.target().clean());
    }

    @Test
    void shouldRefuseTimesOutsideTheProcess() {
        for (double t : new double[] {0, -0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> TrainingTarget.of(new I2sb(), new Displacement(), t))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("t is " + t + ": must be above 0, at most 1");
        }
    }

    private static void assertMixture(Mixture mixture, double clean, double image, double noise, double offset) {
        assertThat(mixture.clean()).isCloseTo(clean, within(1e-12));
        assertThat(mixture.image()).isCloseTo(image, within(1e-12));
        assertThat(mixture.noise()).isCloseTo(noise, within(1e-12));
        assertThat(mixture.offset()).isCloseTo(offset, within(1e-12));
    }

    private static NDArray mix(Mixture mixture, NDArray x0, NDArray y, NDArray z) {
        return x0.mul(mixture.clean())
                .add(y.mul(mixture.image()))
                .add(z.mul(mixture.noise()))
                .add(mixture.offset());
    }

    private static NDArray normal(NDManager manager, long seed) {
        return new PhiloxNoise(seed, 0).normal(0, IMAGE, manager);
    }
}
