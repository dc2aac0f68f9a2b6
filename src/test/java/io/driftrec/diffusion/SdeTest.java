package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden values: the authors' sdes.py in double precision, checked there against the variance equation. */
class SdeTest {
    private static final double TOLERANCE = 1e-9;

    @ParameterizedTest
    @CsvSource({
        "ouve, .01, .0034099783, .9900498337, 5.671049",
        "ouve, .03, .0061358961, .9704455335, 5.063599",
        "ouve, .1, .0130121316, .9048374180, 4.241873",
        "ouve, .25, .0306487673, .7788007831, 3.235163",
        "ouve, .5, .0998158908, .6065306597, 1.804428",
        "ouve, .75, .3161924841, .4723665527, .401404",
        "ouve, 1, .9999932332, .3678794412, -.999993",
        "tsdve, .01, .0036745822, .9999000050, 5.606216",
        "tsdve, .03, .0066705144, .9991004049, 5.009158",
        "tsdve, .1, .0144620273, .9900498337, 4.226229",
        "tsdve, .25, .0344633070, .9394130628, 3.305360",
        "tsdve, .5, .1087141845, .7788007831, 1.969033",
        "tsdve, .75, .3295960198, .5697828247, .547388",
        "tsdve, 1, 1.0000000000, .3678794412, -1.000000",
        "cosve, .01, .0037037782, .9999983551, 5.598400",
        "cosve, .03, .0067267558, .9999556075, 5.001618",
        "cosve, .1, .0146456520, .9983645032, 4.221975",
        "cosve, .25, .0352728356, .9753870416, 3.319721",
        "cosve, .5, .1104498828, .8338597020, 2.021503",
        "cosve, .75, .3279203265, .5916021458, .590064",
        "cosve, 1, 1.0000000000, .3678794412, -1.000000"
    })
    void shouldHaveTheReferenceKernel(String name, double t, double std, double signal, double logSnr) {
        Sde sde = Sde.named(name, Map.of());
        assertThat(sde.std(t)).isCloseTo(std, within(TOLERANCE));
        assertThat(sde.signal(t)).isCloseTo(signal, within(TOLERANCE));
        assertThat(sde.logSnr(t)).isCloseTo(logSnr, within(1e-6));
    }

    /** nu is g(1) / sigmaMax. */
    @ParameterizedTest
    @CsvSource({
        "ouve, .0384423032, .3348184638, 3.3481846383",
        "tsdve, .0412249214, .3590540558, 3.5905405580",
        "cosve, .0415497820, .3618834727, 3.6188347274"
    })
    void shouldHaveTheReferenceDiffusion(String name, double early, double middle, double late) {
        Sde sde = Sde.named(name, Map.of());
        assertThat(sde.diffusion(0.03)).isCloseTo(early, within(TOLERANCE));
        assertThat(sde.diffusion(0.5)).isCloseTo(middle, within(TOLERANCE));
        assertThat(sde.diffusion(1)).isCloseTo(late, within(TOLERANCE));
    }

    static Stream<Sde> processes() {
        return Stream.of(
                new Ouve(),
                new Tsdve(),
                new Cosve(),
                new Ouve(new SdeParameters(2, 0.05, 0.5)),
                new Tsdve(new SdeParameters(0.5, 0.02, 2)),
                new Cosve(new SdeParameters(3, 0.05, 0.5)));
    }

    /** {@code dV/dt = -2 gamma F V + g^2} from V(0) = 0, by the classical Runge-Kutta method. */
    @ParameterizedTest
    @MethodSource("processes")
    void shouldSolveTheVarianceEquation(Sde sde) {
        int steps = 2000;
        double h = 1.0 / steps;
        double variance = 0;
        for (int i = 0; i < steps; i++) {
            double t = i * h;
            double k1 = varianceSlope(sde, t, variance);
            double k2 = varianceSlope(sde, t + h / 2, variance + h / 2 * k1);
            double k3 = varianceSlope(sde, t + h / 2, variance + h / 2 * k2);
            double k4 = varianceSlope(sde, t + h, variance + h * k3);
            variance += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
            double std = sde.std(t + h);
            assertThat(std * std).as("t = %s", t + h).isCloseTo(variance, within(1e-10));
        }
    }

    private static double varianceSlope(Sde sde, double t, double variance) {
        double g = sde.diffusion(t);
        return -2 * sde.drift(t) * variance + g * g;
    }

    /** {@code d(ln a)/dt = -gamma F}. */
    @ParameterizedTest
    @MethodSource("processes")
    void shouldDriftAsItsSignalDecays(Sde sde) {
        double h = 1e-4;
        for (double t = h; t < 1; t += 0.05) {
            double slope = (Math.log(sde.signal(t + h)) - Math.log(sde.signal(t - h))) / (2 * h);
            assertThat(-slope).as("t = %s", t).isCloseTo(sde.drift(t), within(1e-6));
        }
    }

    @ParameterizedTest
    @MethodSource("processes")
    void shouldStartClean(Sde sde) {
        assertThat(sde.signal(0)).isEqualTo(1);
        assertThat(sde.std(0)).isZero();
    }

    @ParameterizedTest
    @MethodSource("processes")
    void shouldComeBackFromItsNameAndParameters(Sde sde) {
        assertThat(Sde.named(sde.name(), sde.parameters())).isEqualTo(sde);
    }

    @Test
    void shouldHaveTheDefaultsOfThePaperWhenParametersAreAbsent() {
        assertThat(new Ouve().parameters())
                .containsExactlyInAnyOrderEntriesOf(Map.of("gamma", 1.0, "sigmaMin", 0.01, "sigmaMax", 1.0));
        assertThat(new Tsdve().parameters()).containsEntry("gamma", 2.0);
        assertThat(new Cosve().parameters()).containsEntry("gamma", 1.0);
        assertThat(Sde.named("tsdve", Map.of("sigmaMax", 0.5))).isEqualTo(new Tsdve(new SdeParameters(2, 0.01, 0.5)));
    }

    @Test
    void shouldKnowTheAuthorsNameOfTsdve() {
        assertThat(Sde.named("t2ve", Map.of())).isEqualTo(new Tsdve());
    }

    @Test
    void shouldNameTheBadValue() {
        refuses("vpsde", Map.of(), "unknown SDE 'vpsde': must be ouve, tsdve or cosve");
        refuses("ouve", Map.of("sigma", 1.0), "'sigma'");
        refuses("ouve", Map.of("gamma", 0.0), "gamma is 0.0");
        refuses("ouve", Map.of("gamma", Double.NaN), "gamma is NaN");
        refuses("cosve", Map.of("sigmaMin", -1.0), "sigmaMin is -1.0");
        refuses("tsdve", Map.of("sigmaMax", 0.01), "sigmaMax is 0.01");
    }

    private static void refuses(String name, Map<String, Double> parameters, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sde.named(name, parameters))
                .withMessageContaining(message);
    }
}
