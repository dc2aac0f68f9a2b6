package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way back over bridges, with the exact score of {@code x0 - y ~ N(m, s^2)}. */
class BridgeSamplersTest {
    private static final double M = 0.1;
    private static final double S = 0.05;

    private static GaussianMoments moments(ForwardProcess process, Sampler sampler) {
        return GaussianMoments.of(process, sampler::start, M, S, 0);
    }

    /**
     * Golden values from an independent program over the authors' table of rates. A bridge starts where it ends, so the mean is
     * exact; what spread is missing is the posterior's own, which one jump from each noise level to the next leaves out.
     */
    @ParameterizedTest
    @CsvSource({"5, .024087960036", "20, .036920621405", "100, .044956615355"})
    void shouldHaveTheGoldenMomentsOfThePosteriorOfI2sb(int steps, double std) {
        GaussianMoments moments = moments(new I2sb(), new Posterior(steps));
        assertThat(moments.mean()).isCloseTo(M, within(1e-12));
        assertThat(moments.std()).isCloseTo(std, within(1e-10));
    }

    @Test
    void shouldComeCloserWithMoreSteps() {
        double last = 1;
        for (int steps : new int[] {1, 3, 10, 30, 100}) {
            double distance = moments(new Indi(0.1, 0.5), new Posterior(steps)).distance(M, S);
            assertThat(distance).isLessThan(last);
            last = distance;
        }
    }

    /** Without noise everything is decided at the start: the mean of the clean images, whatever the number of steps. */
    @ParameterizedTest
    @CsvSource({"1", "7", "100"})
    void shouldEndInTheMeanWhenThereIsNoNoise(int steps) {
        GaussianMoments moments = moments(new I2sb(0.3, 0), new TransportOde(steps));
        assertThat(moments.mean()).isCloseTo(M, within(1e-12));
        assertThat(moments.std()).isLessThan(1e-12);
        assertThat(moments(new I2sb(0.3, 0), new Posterior(steps)).mean()).isCloseTo(M, within(1e-12));
    }

    /** The spread of InDI's start is what becomes of its result. */
    @Test
    void shouldFollowInDisPathByBothSamplers() {
        GaussianMoments iteration = moments(new Indi(), new Posterior(50));
        GaussianMoments transport = moments(new Indi(), new TransportOde(50));
        assertThat(iteration.mean()).isCloseTo(M, within(1e-12));
        assertThat(iteration.std()).isCloseTo(transport.std(), within(1e-12)).isGreaterThan(0.01);
    }

    @Test
    void shouldBeThePosteriorMeanWhenOnlyOneEvaluationIsTaken() {
        assertThat(moments(new I2sb(), new PosteriorMean()).mean()).isCloseTo(M, within(1e-12));
        assertThat(moments(new I2sb(), new PosteriorMean()).std()).isZero();
    }

    @Test
    void shouldBeDdimWithAllItsNoiseWhenProcessIsAnSde() {
        GaussianMoments posterior = moments(new Tsdve(), new Posterior(10));
        GaussianMoments ddim = moments(new Tsdve(), new Ddim(10, 1, false, TimeGrid.LAST_TIME));
        assertThat(posterior.mean()).isCloseTo(ddim.mean(), within(1e-12));
        assertThat(posterior.std()).isCloseTo(ddim.std(), within(1e-12));
    }

    @Test
    void shouldStartAtTheImageItselfAndAskAtEvenTimes() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray y =
                    manager.arange(100).toType(DataType.FLOAT32, false).div(100).reshape(new Shape(1, 10, 10));
            GaussianScore score = GaussianScore.of(new I2sb(), y, 1, M, S);
            try (Trajectory trajectory = new Posterior(4).start(new I2sb(), y, new PhiloxNoise(1, 0))) {
                assertThat(trajectory.state().toFloatArray()).isEqualTo(y.toFloatArray());
                List<Double> times = new ArrayList<>();
                while (!trajectory.isFinished()) {
                    times.add(trajectory.time());
                    score.advance(trajectory);
                }
                assertThat(times).containsExactly(1.0, 0.75, 0.5, 0.25);
                assertThat(trajectory.result().toFloatArray()).isNotEqualTo(y.toFloatArray());
            }
            try (Trajectory noisy = new TransportOde(2).start(new Indi(0.5, 0), y, new PhiloxNoise(1, 0))) {
                NDArray z = new PhiloxNoise(1, 0).normal(0, y.getShape(), manager);
                assertThat(noisy.state().toFloatArray())
                        .containsExactly(z.mul(0.5).add(y).toFloatArray(), within(1e-6f));
            }
        }
    }

    @Test
    void shouldNotAskBelowTheLeastTimeOfTraining() {
        assertThat(TimeGrid.uniformToZero(1000).at(999)).isEqualTo(0.01);
        assertThat(TimeGrid.uniformToZero(10).at(9)).isEqualTo(0.1);
    }

    @Test
    void shouldRefuseToSolveWhatDoesNotFit() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray y = manager.zeros(new Shape(1, 2, 2));
            for (String kind : SamplerCatalogue.kinds()) {
                Sampler sampler = SamplerCatalogue.sampler(kind, SamplerOptions.NONE);
                if (!sampler.fits(new Indi())) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> sampler.start(new Indi(), y, new PhiloxNoise(1, 0)))
                            .withMessageContaining("does not fit process indi");
                }
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TransportOde(3).start(new Ouve(), y, new PhiloxNoise(1, 0)))
                    .withMessageContaining("does not fit process ouve");
        }
    }
}
