package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.Multistep.Correction;
import io.driftrec.diffusion.Multistep.Spacing;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every sampler's trajectory promises. */
class TrajectoryTest {
    private static final Sde SDE = new Ouve();
    private static final NoiseSource NOISE = new PhiloxNoise(5, 0);
    private static final double LAST = 0.03;

    private final NDManager manager = NDManager.newBaseManager();

    static Stream<Sampler> samplers() {
        return Stream.of(
                new EulerMaruyama(Variant.OFFICIAL, 100, LAST),
                new EulerMaruyama(Variant.CONSISTENT, 10, LAST),
                new EulerMaruyama(Variant.OFFICIAL, 1, LAST),
                new EulerMaruyama(Variant.CONSISTENT, 1, LAST),
                new EulerHeun(Variant.OFFICIAL, 100, LAST, true),
                new EulerHeun(Variant.OFFICIAL, 33, LAST, true),
                new EulerHeun(Variant.CONSISTENT, 10, LAST, false),
                new EulerHeun(Variant.CONSISTENT, 1, LAST, true),
                new ProbabilityFlowOde(1e-3, LAST, 0.01),
                new Ddim(10, 0, false, LAST),
                new Ddim(10, 0.5, true, LAST),
                new Ddim(1, 1, false, LAST),
                new Multistep(10, 0, true, Correction.MIDPOINT, Spacing.TIME, LAST),
                new Multistep(8, 1, false, Correction.EXACT, Spacing.LOG_SNR, LAST),
                new Multistep(3, 0, true, Correction.MIDPOINT, Spacing.LOG_SNR, LAST),
                new Posterior(12),
                new PosteriorMean());
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void shouldAskAtFallingTimesAndCountItsEvaluations(Sampler sampler) {
        NDArray y = image(DataType.FLOAT32);
        GaussianScore score = GaussianScore.of(SDE, y, 1, 0.1, 0.05);
        try (Trajectory trajectory = sampler.start(SDE, y, NOISE)) {
            int advances = 0;
            assertThat(trajectory.time()).isEqualTo(1);
            while (!trajectory.isFinished()) {
                assertThat(trajectory.time()).isGreaterThan(0).isLessThanOrEqualTo(1);
                assertThat(trajectory.state().getShape()).isEqualTo(y.getShape());
                assertThat(trajectory.state().getDataType()).isEqualTo(y.getDataType());
                assertThat(trajectory.evaluations()).isEqualTo(advances);
                score.advance(trajectory);
                advances++;
            }
            assertThat(trajectory.evaluations()).isEqualTo(advances).isEqualTo(sampler.expectedEvaluations());
            assertThat(trajectory.result().getShape()).isEqualTo(y.getShape());
            assertThat(trajectory.result().getDataType()).isEqualTo(y.getDataType());
        }
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void shouldStartAtTheCorruptedImageWithNoiseOfDrawZero(Sampler sampler) {
        NDArray y = image(DataType.FLOAT32);
        float[] expected =
                NOISE.normal(0, y.getShape(), manager).mul(SDE.std(1)).add(y).toFloatArray();
        try (Trajectory trajectory = sampler.start(SDE, y, NOISE)) {
            assertThat(trajectory.state().toFloatArray()).containsExactly(expected, within(1e-6f));
        }
    }

    /** Same noise, single against double precision. */
    @ParameterizedTest
    @MethodSource("samplers")
    void shouldAgreeWithDoublePrecision(Sampler sampler) {
        assertThat(restore(sampler, DataType.FLOAT32))
                .containsExactly(restore(sampler, DataType.FLOAT64), within(1e-5));
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void shouldBeTheSameAloneAndAmongOthers(Sampler sampler) {
        double[] alone = restore(sampler, DataType.FLOAT32);
        NDArray y = image(DataType.FLOAT32);
        NDArray otherY = manager.full(new Shape(3, 7, 5), 0.3f);
        GaussianScore score = GaussianScore.of(SDE, y, 1, 0.1, 0.05);
        GaussianScore otherScore = GaussianScore.of(SDE, otherY, 1, -0.2, 0.1);
        Sampler other = new EulerMaruyama(Variant.OFFICIAL, 300, LAST);
        try (Trajectory trajectory = sampler.start(SDE, y, NOISE);
                Trajectory neighbour = other.start(SDE, otherY, new PhiloxNoise(6, 1))) {
            otherScore.advance(neighbour);
            while (!trajectory.isFinished()) {
                score.advance(trajectory);
                otherScore.advance(neighbour);
            }
            assertThat(trajectory.result().toType(DataType.FLOAT64, true).toDoubleArray())
                    .containsExactly(alone);
        }
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void shouldFreeItsArraysAsItGoes(Sampler sampler) {
        NDArray y = image(DataType.FLOAT32);
        GaussianScore score = GaussianScore.of(SDE, y, 1, 0.1, 0.05);
        int callersArrays = manager.getManagedArrays().size();
        Trajectory trajectory = sampler.start(SDE, y, NOISE);
        NDManager own = trajectory.state().getManager();
        assertThat(own).isNotSameAs(manager);
        // an ODE keeps the state, the start of the step and seven slopes, the others the state and one array more
        int most = sampler instanceof ProbabilityFlowOde ? 9 : 2;
        while (!trajectory.isFinished()) {
            // counts the arrays of all managers below this one
            assertThat(manager.getManagedArrays().size()).isLessThanOrEqualTo(callersArrays + most);
            score.advance(trajectory);
        }
        assertThat(trajectory.result().getManager()).isSameAs(own);
        trajectory.close();
        trajectory.close();
        assertThat(own.isOpen()).isFalse();
        assertThat(manager.getManagedArrays().size()).isEqualTo(callersArrays);
        assertThat(y.toFloatArray()).hasSize(48);
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void shouldRefuseWhatDoesNotFitItsState(Sampler sampler) {
        NDArray y = image(DataType.FLOAT32);
        GaussianScore score = GaussianScore.of(SDE, y, 1, 0.1, 0.05);
        try (Trajectory trajectory = sampler.start(SDE, y, NOISE)) {
            assertThatIllegalStateException().isThrownBy(trajectory::result);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trajectory.advance(manager.zeros(new Shape(1))))
                    .withMessageContaining("shape");
            assertThat(trajectory.evaluations()).isZero();
            score.drive(trajectory);
            assertThatIllegalStateException().isThrownBy(trajectory::time);
            assertThatIllegalStateException().isThrownBy(trajectory::state);
            assertThatIllegalStateException().isThrownBy(() -> trajectory.advance(y));
        }
    }

    private double[] restore(Sampler sampler, DataType type) {
        NDArray y = image(type);
        try (Trajectory trajectory = sampler.start(SDE, y, NOISE)) {
            return GaussianScore.of(SDE, y, 1, 0.1, 0.05)
                    .drive(trajectory)
                    .toType(DataType.FLOAT64, true)
                    .toDoubleArray();
        }
    }

    private NDArray image(DataType type) {
        Random random = new Random(11);
        float[] pixels = new float[48];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return manager.create(pixels, new Shape(3, 4, 4)).toType(type, false);
    }
}
