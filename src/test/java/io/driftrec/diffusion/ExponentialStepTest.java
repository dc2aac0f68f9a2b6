package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden values computed independently from the closed forms of the kernel. */
class ExponentialStepTest {
    @ParameterizedTest
    @CsvSource({
        "ouve, 1, .75, 1.401397, .31619462, .35604505, .32776033, .30645555",
        "ouve, .25, .03, 1.828436, .20020042, .81452929, -.01472971, .00605619",
        "tsdve, 1, .75, 1.547388, .32959602, .44853123, .22187276, .32204665",
        "tsdve, .25, .03, 1.703798, .19355410, .81727315, -.01082726, .00655912",
        "cosve, 1, .75, 1.590064, .32792033, .47096700, .20111267, .32103042",
        "cosve, .25, .03, 1.681897, .19070641, .81394305, -.00464946, .00660935"
    })
    void shouldHaveTheGoldenCoefficients(
            String name, double s, double t, double gain, double state, double estimate, double image, double std) {
        Sde sde = Sde.named(name, Map.of());
        ExponentialStep step = ExponentialStep.between(sde, s, t, 0);
        assertThat(step.logSnrGain()).isCloseTo(gain, within(1e-6));
        assertThat(step.state()).isCloseTo(state, within(1e-8));
        assertThat(step.estimate()).isCloseTo(estimate, within(1e-8));
        assertThat(step.image()).isCloseTo(image, within(1e-8));
        assertThat(step.noise()).isZero();
        assertThat(sde.posteriorStd(s, t)).isCloseTo(std, within(1e-8));
    }

    @Test
    void shouldForgetTheStateWhenAllNoiseIsFresh() {
        Sde sde = new Ouve();
        ExponentialStep step = ExponentialStep.between(sde, 1, 0.75, sde.std(0.75));
        assertThat(step.state()).isZero();
        assertThat(step.estimate()).isEqualTo(sde.signal(0.75));
        assertThat(step.image()).isCloseTo(1 - sde.signal(0.75), within(1e-15));
    }

    /** With the posterior's noise: {@code r = (sigma_t / sigma_s) exp(-h)}, weight of x0_hat {@code a_t (1 - exp(-2h))}. */
    @Test
    void shouldBeTheStochasticExponentialIntegratorWhenNoiseIsThePosteriors() {
        Sde sde = new Tsdve();
        ExponentialStep step = ExponentialStep.between(sde, 0.6, 0.4, sde.posteriorStd(0.6, 0.4));
        double h = step.logSnrGain();
        assertThat(step.state()).isCloseTo(sde.std(0.4) / sde.std(0.6) * Math.exp(-h), within(1e-14));
        assertThat(step.estimate()).isCloseTo(sde.signal(0.4) * -Math.expm1(-2 * h), within(1e-14));
    }

    @Test
    void shouldWeighTheSlopeByTheClosedForms() {
        Sde sde = new Cosve();
        ExponentialStep flow = ExponentialStep.between(sde, 0.6, 0.4, 0);
        double h = flow.logSnrGain();
        double loss = -Math.expm1(-h);
        assertThat(Multistep.Correction.MIDPOINT.weight(flow)).isCloseTo(h * loss / 2, within(1e-14));
        assertThat(Multistep.Correction.EXACT.weight(flow)).isCloseTo(h - loss, within(1e-14));
        ExponentialStep sdeStep = ExponentialStep.between(sde, 0.6, 0.4, sde.posteriorStd(0.6, 0.4));
        double doubleLoss = -Math.expm1(-2 * h);
        assertThat(Multistep.Correction.MIDPOINT.weight(sdeStep)).isCloseTo(h * doubleLoss / 2, within(1e-13));
        assertThat(Multistep.Correction.EXACT.weight(sdeStep)).isCloseTo(h - doubleLoss / 2, within(1e-13));
    }
}
