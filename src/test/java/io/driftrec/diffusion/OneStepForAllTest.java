package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One step with one free amount of noise is the published step of each method; the methods' own formulas stand here. */
class OneStepForAllTest {
    private static final double TOLERANCE = 1e-12;

    /** Weights of x_s, x0_hat, y and z in x_t. */
    private record Weights(double state, double estimate, double image, double noise) {
        static Weights of(ExponentialStep step) {
            return new Weights(step.state(), step.estimate(), step.image(), step.noise());
        }

        void assertIs(Weights expected) {
            assertThat(state).isCloseTo(expected.state, within(TOLERANCE));
            assertThat(estimate).isCloseTo(expected.estimate, within(TOLERANCE));
            assertThat(image).isCloseTo(expected.image, within(TOLERANCE));
            assertThat(noise).isCloseTo(expected.noise, within(TOLERANCE));
        }
    }

    private static Weights ancestral(ForwardProcess process, double s, double t) {
        return Weights.of(ExponentialStep.between(process, s, t, process.posteriorStd(s, t)));
    }

    /** A hundred pairs of times t below s, and some with s = 1. */
    static Stream<double[]> times() {
        Random random = new Random(3);
        return Stream.iterate(0, i -> i + 1).limit(120).map(i -> {
            double s = i < 20 ? 1 : 0.02 + 0.97 * random.nextDouble();
            return new double[] {s, s * (0.01 + 0.98 * random.nextDouble())};
        });
    }

    /** The posterior of I2SB from index n to m: with d2 = f_n^2 - f_m^2, (d2 x0 + f_m^2 x_n) / f_n^2 and f_m^2 d2 / f_n^2. */
    @ParameterizedTest
    @MethodSource("times")
    void shouldBeThePosteriorOfI2sb(double[] times) {
        I2sb bridge = new I2sb();
        double late = Math.pow(bridge.level(times[0]), 2);
        double early = Math.pow(bridge.level(times[1]), 2);
        double gain = late - early;
        ancestral(bridge, times[0], times[1])
                .assertIs(new Weights(
                        early / (early + gain), gain / (early + gain), 0, Math.sqrt(early * gain / (early + gain))));
    }

    /** The OT-ODE of I2SB has the same means without noise, and is InDI in the time {@code f(t)^2 / S}. */
    @ParameterizedTest
    @MethodSource("times")
    void shouldBeTheTransportOdeAndInDiInItsTime(double[] times) {
        I2sb bridge = new I2sb();
        double s = Math.pow(bridge.level(times[0]) / bridge.level(1), 2);
        double t = Math.pow(bridge.level(times[1]) / bridge.level(1), 2);
        Weights expected = new Weights(t / s, 1 - t / s, 0, 0);
        Weights.of(ExponentialStep.ofMean(bridge, times[0], times[1])).assertIs(expected);
        ancestral(new I2sb(0.3, 0), times[0], times[1]).assertIs(expected);
        ancestral(new Indi(), s, t).assertIs(expected);
        Weights.of(ExponentialStep.between(new Indi(), s, t, 0)).assertIs(expected);
    }

    /** {@code (d/t) x0_hat + (1 - d/t) x_t + (t - d) sqrt(e(t-d)^2 - e(t)^2) n} with {@code e(t) = e0 / sqrt(t)}. */
    @ParameterizedTest
    @MethodSource("times")
    void shouldBeTheStepOfInDiWithBrownianNoise(double[] times) {
        double t = times[0];
        double d = times[0] - times[1];
        double e0 = 0.05;
        double noise = (t - d) * Math.sqrt(e0 * e0 / (t - d) - e0 * e0 / t);
        ancestral(new Indi(e0, 0.5), times[0], times[1]).assertIs(new Weights(1 - d / t, d / t, 0, noise));
    }

    /** Bayes' rule for x_t given x_s and x0, with the transition {@code x_s - y = (a_s/a_t)(x_t - y) + noise}. */
    @ParameterizedTest
    @MethodSource("times")
    void shouldBeThePosteriorOfAnSde(double[] times) {
        for (Sde sde : new Sde[] {new Ouve(), new Tsdve(), new Cosve()}) {
            double a = sde.signal(times[1]);
            double prior = Math.pow(sde.std(times[1]), 2);
            double decay = sde.signal(times[0]) / a;
            double transition = Math.pow(sde.std(times[0]), 2) - decay * decay * prior;
            double variance = 1 / (1 / prior + decay * decay / transition);
            double state = variance * decay / transition;
            double estimate = variance * a / prior;
            Weights step = ancestral(sde, times[0], times[1]);
            step.assertIs(new Weights(state, estimate, 1 - state - estimate, Math.sqrt(variance)));
            Weights.of(ExponentialStep.of(sde, times[0], times[1], 1, false)).assertIs(step);
        }
    }

    /** From x_s with the mean and variance of time s comes x_t with those of time t. */
    @ParameterizedTest
    @MethodSource("times")
    void shouldKeepTheKernelWhateverNoiseIsFresh(double[] times) {
        Random random = new Random(Double.doubleToLongBits(times[0]));
        for (ForwardProcess process :
                new ForwardProcess[] {new Ouve(), new Tsdve(), new Cosve(), new I2sb(), new Indi(0.1, 0.25)}) {
            double c = process.std(times[1]);
            if (process.std(times[0]) == 0) {
                continue; // a bridge's start, where noise can only be added
            }
            double omega = c * random.nextDouble();
            Weights step = Weights.of(ExponentialStep.between(process, times[0], times[1], omega));
            double before = process.signal(times[0]);
            assertThat(step.state() * before + step.estimate()).isCloseTo(process.signal(times[1]), within(TOLERANCE));
            assertThat(Math.hypot(step.state() * process.std(times[0]), step.noise()))
                    .isCloseTo(c, within(TOLERANCE));
            assertThat(step.state() + step.estimate() + step.image()).isCloseTo(1, within(TOLERANCE));
        }
    }
}
