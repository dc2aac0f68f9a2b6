package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftrec.diffusion.Multistep.Correction;
import io.driftrec.diffusion.Multistep.Spacing;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What samplers make of {@code x0 - y ~ N(m, s^2)} under the exact score. Golden values from an independent program that
 * propagates moments; distances are Wasserstein-2.
 */
class SamplerAccuracyTest {
    private static final double LAST = 0.03;
    private static final double M = 0.1;
    private static final double S = 0.05;

    @ParameterizedTest
    @CsvSource({
        "ouve, .098405, .048916, .103668, .053731",
        "tsdve, .100444, .049952, .102085, .052368",
        "cosve, .100375, .049920, .101837, .052127"
    })
    void shouldHaveTheGoldenMomentsOfEulerMaruyama(
            String sde, double mean100, double std100, double mean10, double std10) {
        check(sde, new EulerMaruyama(Variant.OFFICIAL, 100, LAST)::start, 0, mean100, std100);
        check(sde, new EulerMaruyama(Variant.OFFICIAL, 10, LAST)::start, 0, mean10, std10);
    }

    @ParameterizedTest
    @CsvSource({"ouve, .098549, .048898", "tsdve, .100177, .049723", "cosve, .100135, .049704"})
    void shouldHaveTheGoldenMomentsOfEulerHeun(String sde, double mean, double std) {
        check(sde, new EulerHeun(Variant.OFFICIAL, 100, LAST, true)::start, 100, mean, std);
    }

    @ParameterizedTest
    @CsvSource({
        "ouve, .098459, .041894, .099966, .036617",
        "tsdve, .098442, .042363, .099966, .037372",
        "cosve, .098437, .042495, .099966, .037592"
    })
    void shouldHaveTheGoldenMomentsOfDdim(String sde, double mean0, double std0, double mean1, double std1) {
        check(sde, new Ddim(10, 0, false, LAST)::start, 0, mean0, std0);
        check(sde, new Ddim(10, 1, false, LAST)::start, 0, mean1, std1);
    }

    @ParameterizedTest
    @CsvSource({
        "ouve, .098100, .051660, .098039, .053318, .099966, .059576",
        "tsdve, .098113, .051286, .098062, .052675, .099966, .058666",
        "cosve, .098115, .051237, .098066, .052573, .099966, .058646"
    })
    void shouldHaveTheGoldenMomentsOfMultistep(
            String sde,
            double midpointMean,
            double midpointStd,
            double exactMean,
            double exactStd,
            double sdeMean,
            double sdeStd) {
        check(sde, multistep(0, Correction.MIDPOINT)::start, 0, midpointMean, midpointStd);
        check(sde, multistep(0, Correction.EXACT)::start, 0, exactMean, exactStd);
        check(sde, multistep(1, Correction.EXACT)::start, 0, sdeMean, sdeStd);
    }

    /** Fresh noise in the first step of an even grid. */
    @ParameterizedTest
    @CsvSource({"ouve, .099999, .051634", "tsdve, .099999, .051254", "cosve, .099999, .051203"})
    void shouldHaveTheGoldenMomentsOfMultistepWithFreshNoise(String sde, double mean, double std) {
        check(sde, freshMultistep(TimeGrid.uniform(10, LAST)), 0, mean, std);
    }

    @ParameterizedTest
    @CsvSource({"ouve, .0001, .0002", "tsdve, .0002, .0001", "cosve, .0002, .0001"})
    void shouldBeCloseWhenFreshNoiseMeetsTimesEvenInLogSnr(String name, double eight, double ten) {
        Sde sde = Sde.named(name, Map.of());
        checkDistance(name, freshMultistep(TimeGrid.uniformInLogSnr(sde, 1, LAST, 8)), M, S, eight);
        checkDistance(name, freshMultistep(TimeGrid.uniformInLogSnr(sde, 1, LAST, 10)), M, S, ten);
    }

    /** The default of 2m. The less the noise at the landing covers of the residual, the more spread is lost. */
    @ParameterizedTest
    @CsvSource({
        "ouve, .0010, .0014, .0018, .0140",
        "tsdve, .0022, .0025, .0028, .0186",
        "cosve, .0025, .0028, .0031, .0201"
    })
    void shouldBeCloseAfterAJump(String sde, double six, double eight, double ten, double corruptedMore) {
        checkDistance(sde, jumpingMultistep(6)::start, M, S, six);
        checkDistance(sde, jumpingMultistep(8)::start, M, S, eight);
        checkDistance(sde, jumpingMultistep(10)::start, M, S, ten);
        checkDistance(sde, jumpingMultistep(8)::start, 3 * M, 2 * S, corruptedMore);
    }

    @ParameterizedTest
    @CsvSource({"ouve, .0004", "tsdve, .0003", "cosve, .0003"})
    void shouldBeCloserWhenEulerMaruyamaIsConsistent(String sde, double distance) {
        checkDistance(sde, new EulerMaruyama(Variant.CONSISTENT, 100, LAST)::start, M, S, distance);
    }

    /** The limit of many steps is .0004: the posterior mean at the last time lacks the posterior's own spread. */
    @ParameterizedTest
    @CsvSource({
        "ouve, .099990, .049500, .049656, .099968, .049601",
        "tsdve, .099898, .049432, .049559, .099962, .049554",
        "cosve, .099906, .049436, .049556, .099963, .049548"
    })
    void shouldConvergeWhenEulerHeunIsConsistent(
            String sde, double mean25, double std25, double signedStd25, double mean100, double std100) {
        check(sde, new EulerHeun(Variant.CONSISTENT, 25, LAST, false)::start, 0, mean25, std25);
        check(sde, new EulerHeun(Variant.CONSISTENT, 25, LAST, true)::start, 24, mean25, signedStd25);
        check(sde, new EulerHeun(Variant.CONSISTENT, 100, LAST, false)::start, 0, mean100, std100);
    }

    /** The posterior mean in closed form. */
    @ParameterizedTest
    @ValueSource(strings = {"ouve", "tsdve", "cosve"})
    void shouldBeThePosteriorMeanWhenOnlyOneEvaluationIsTaken(String name) {
        Sde sde = Sde.named(name, Map.of());
        double a = sde.signal(1);
        double gain = a * S * S / (a * a * S * S + sde.std(1) * sde.std(1));
        check(name, new PosteriorMean()::start, 0, M - gain * a * M, gain * sde.std(1));
    }

    private static Multistep multistep(double eta, Correction correction) {
        return new Multistep(10, eta, false, correction, Spacing.TIME, LAST);
    }

    private static Multistep jumpingMultistep(int steps) {
        return new Multistep(steps, 0, true, Correction.MIDPOINT, Spacing.TIME, LAST);
    }

    private static GaussianMoments.Start freshMultistep(TimeGrid grid) {
        return (process, y, noise) ->
                new MultistepTrajectory((Sde) process, y, noise, grid, 0, true, Correction.MIDPOINT);
    }

    /** Golden values have six decimals. */
    private static void check(String sde, GaussianMoments.Start sampler, int signDraws, double mean, double std) {
        GaussianMoments moments = GaussianMoments.of(Sde.named(sde, Map.of()), sampler, M, S, signDraws);
        assertThat(moments.mean()).isCloseTo(mean, within(1e-6));
        assertThat(moments.std()).isCloseTo(std, within(1e-6));
    }

    /** Golden values have four decimals. */
    private static void checkDistance(String sde, GaussianMoments.Start sampler, double m, double s, double distance) {
        GaussianMoments moments = GaussianMoments.of(Sde.named(sde, Map.of()), sampler, m, s, 0);
        assertThat(moments.distance(m, s)).isCloseTo(distance, within(5.1e-5));
    }
}
