package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbabilityFlowOdeTest {
    private static final Sampler DEFAULT = SamplerCatalogue.sampler("ode", SamplerOptions.NONE);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** Golden: SciPy's RK45 and the authors' last step; both elements share their steps, so half the difference is the std. */
    @ParameterizedTest
    @CsvSource({"ouve, .0039", "tsdve, .0019", "cosve, .0019"})
    void shouldBeAsFarFromTheTruthAsTheReference(String name, double distance) {
        Sde sde = Sde.named(name, Map.of());
        NDArray y = manager.zeros(new Shape(1, 1, 2), DataType.FLOAT64);
        NoiseSource plusAndMinusOne = new NoiseSource() {
            @Override
            public NDArray normal(int draw, Shape shape, NDManager owner) {
                return owner.create(new double[] {1, -1}, shape);
            }

            @Override
            public int sign(int draw) {
                return 1;
            }
        };
        try (Trajectory trajectory = DEFAULT.start(sde, y, plusAndMinusOne)) {
            double[] result =
                    GaussianScore.of(sde, y, 1, 0.1, 0.05).drive(trajectory).toDoubleArray();
            double mean = (result[0] + result[1]) / 2;
            double std = (result[0] - result[1]) / 2;
            assertThat(Math.hypot(mean - 0.1, std - 0.05)).isCloseTo(distance, within(5.1e-5));
            assertThat(trajectory.evaluations()).isEqualTo(32);
        }
    }

    @Test
    void shouldTakeMoreEvaluationsAndComeCloserWhenTheToleranceIsTighter() {
        double[] exact = restore(1e-6, 0);
        double loose = difference(restore(1e-1, 0), exact);
        double tight = difference(restore(1e-4, 0), exact);
        assertThat(tight).isLessThan(loose / 10).isLessThan(1e-3);
    }

    /** Rounding noise of the network cannot make the steps shrink without end. */
    @Test
    void shouldEndWhenTheScoreIsTooNoisyForTheTolerance() {
        double[] clean = restore(1e-6, 0);
        double[] noisy = restore(1e-6, 0.01);
        assertThat(difference(noisy, clean)).isLessThan(0.05);
    }

    @Test
    void shouldEndAtOnceWhenTheScoreIsNotFinite() {
        Sde sde = new Ouve();
        NDArray y = manager.full(new Shape(3, 4, 4), 0.5f);
        GaussianScore score = GaussianScore.of(sde, y, 1, 0.1, 0.05);
        for (int bad = 1; bad <= 12; bad++) {
            try (Trajectory trajectory = DEFAULT.start(sde, y, new PhiloxNoise(1, 0))) {
                while (trajectory.evaluations() < bad - 1) {
                    score.advance(trajectory);
                }
                NDArray broken = score.at(trajectory.state(), trajectory.time());
                broken.set(new float[48]);
                trajectory.advance(broken.divi(0));
                while (!trajectory.isFinished()) {
                    assertThat(trajectory.time()).isBetween(0.03, 1.0);
                    assertThat(trajectory.evaluations()).isLessThanOrEqualTo(bad + 6);
                    score.advance(trajectory);
                }
                assertThat(trajectory.result().toFloatArray()).containsOnly(Float.NaN);
            }
        }
    }

    /** Relative noise of the score from a fixed seed; at most 195 steps of six evaluations each, and some refused ones. */
    private double[] restore(double tolerance, double scoreNoise) {
        Random random = new Random(20240501);
        Sde sde = new Cosve();
        NDArray y = manager.full(new Shape(3, 4, 4), 0.5f);
        GaussianScore score = GaussianScore.of(sde, y, 1, 0.1, 0.05);
        try (Trajectory trajectory =
                new ProbabilityFlowOde(tolerance, 0.03, 0.01).start(sde, y, new PhiloxNoise(1, 0))) {
            while (!trajectory.isFinished()) {
                NDArray exact = score.at(trajectory.state(), trajectory.time());
                trajectory.advance(exact.mul(1 + scoreNoise * random.nextGaussian()));
                assertThat(trajectory.evaluations()).isLessThan(2 + 6 * 210);
            }
            return trajectory.result().toType(DataType.FLOAT64, true).toDoubleArray();
        }
    }

    private static double difference(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
