package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.driftrec.diffusion.Multistep.Correction;
import io.driftrec.diffusion.Multistep.Spacing;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SamplerCatalogueTest {
    private static final double LAST = 0.03;

    @Test
    void shouldMakeTheSamplerOfAPreset() {
        assertThat(SamplerCatalogue.sampler("distortion", SamplerOptions.NONE)).isEqualTo(new PosteriorMean());
        assertThat(SamplerCatalogue.sampler("official", SamplerOptions.NONE))
                .isEqualTo(SamplerCatalogue.sampler(
                        "euler-maruyama",
                        SamplerOptions.NONE.withVariant(Variant.OFFICIAL).withSteps(100)));
        for (String preset : SamplerPreset.labels()) {
            assertThat(SamplerCatalogue.sampler(preset, SamplerOptions.NONE).fits(new Ouve()))
                    .as(preset)
                    .isTrue();
        }
    }

    @Test
    void shouldChangeSingleOptionsOfAPreset() {
        assertThat(SamplerCatalogue.sampler("balanced", steps(7)))
                .isEqualTo(SamplerCatalogue.sampler("2m", exponential(7, 1, false)));
        assertThat(SamplerCatalogue.sampler("balanced", SamplerOptions.NONE.withLastTime(0.1)))
                .isEqualTo(
                        SamplerCatalogue.sampler("2m", exponential(8, 1, false).withLastTime(0.1)));
        assertThat(SamplerCatalogue.sampler("faithful", steps(7))).isEqualTo(SamplerCatalogue.sampler("2m", steps(7)));
        refuses("distortion", steps(7), "steps");
        assertThat(SamplerCatalogue.standardKind("balanced", new Ouve())).isEqualTo("balanced");
        assertThat(SamplerCatalogue.standardKind("balanced", new Indi())).isEqualTo("posterior");
    }

    @Test
    void shouldHaveDefaults() {
        assertThat(SamplerCatalogue.sampler("euler-maruyama", SamplerOptions.NONE))
                .isEqualTo(new EulerMaruyama(Variant.OFFICIAL, 100, LAST));
        assertThat(SamplerCatalogue.sampler("euler-heun", SamplerOptions.NONE))
                .isEqualTo(new EulerHeun(Variant.OFFICIAL, 100, LAST, true));
        assertThat(SamplerCatalogue.sampler("ode", SamplerOptions.NONE))
                .isEqualTo(new ProbabilityFlowOde(1e-3, LAST, 0.01));
        assertThat(SamplerCatalogue.sampler("ddim", SamplerOptions.NONE)).isEqualTo(new Ddim(20, 0, false, LAST));
        assertThat(SamplerCatalogue.sampler("2m", SamplerOptions.NONE))
                .isEqualTo(new Multistep(10, 0, true, Correction.MIDPOINT, Spacing.TIME, LAST));
        assertThat(SamplerCatalogue.sampler("x0", SamplerOptions.NONE)).isEqualTo(new PosteriorMean());
        assertThat(SamplerCatalogue.sampler("posterior", SamplerOptions.NONE)).isEqualTo(new Posterior(20));
        assertThat(SamplerCatalogue.sampler("ot-ode", SamplerOptions.NONE)).isEqualTo(new TransportOde(20));
    }

    @Test
    void shouldSayWhatFitsAProcess() {
        assertThat(SamplerCatalogue.kinds(new Ouve()))
                .containsExactly("euler-maruyama", "euler-heun", "ode", "ddim", "2m", "posterior", "x0");
        assertThat(SamplerCatalogue.kinds(new I2sb())).containsExactly("posterior", "ot-ode", "x0");
        assertThat(SamplerCatalogue.standardKind("2m", new Ouve())).isEqualTo("2m");
        assertThat(SamplerCatalogue.standardKind("2m", new Indi())).isEqualTo("posterior");
        assertThat(SamplerCatalogue.standardKind("x0", new Indi())).isEqualTo("x0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SamplerCatalogue.requireFit(new TransportOde(3), new Cosve()))
                .withMessage(
                        "sampler ot-ode does not fit process cosve: must be one of euler-maruyama, euler-heun, ode, "
                                + "ddim, 2m, posterior, x0");
        for (String kind : SamplerCatalogue.kinds()) {
            Sampler sampler = SamplerCatalogue.sampler(kind, SamplerOptions.NONE);
            if (!sampler.fits(new I2sb())) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> SamplerCatalogue.requireFit(sampler, new I2sb()))
                        .withMessage(
                                "sampler " + kind + " does not fit process i2sb: must be one of posterior, ot-ode, x0");
            }
        }
    }

    @Test
    void shouldKnowEachKindByItsName() {
        for (String kind : SamplerCatalogue.kinds()) {
            assertThat(SamplerCatalogue.sampler(kind, SamplerOptions.NONE).kind())
                    .isEqualTo(kind);
        }
    }

    @Test
    void shouldBeConsistentWhenStepsAreNotThePapers() {
        assertThat(SamplerCatalogue.sampler("euler-maruyama", steps(30)))
                .isEqualTo(new EulerMaruyama(Variant.CONSISTENT, 30, LAST));
        assertThat(SamplerCatalogue.sampler("euler-heun", steps(30)))
                .isEqualTo(new EulerHeun(Variant.CONSISTENT, 30, LAST, false));
        assertThat(SamplerCatalogue.sampler("euler-maruyama", steps(100)))
                .isEqualTo(new EulerMaruyama(Variant.OFFICIAL, 100, LAST));
        assertThat(SamplerCatalogue.sampler(
                        "euler-maruyama",
                        new SamplerOptions(
                                Optional.of("official"),
                                OptionalInt.of(30),
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                Optional.empty(),
                                OptionalDouble.empty())))
                .isEqualTo(new EulerMaruyama(Variant.OFFICIAL, 30, LAST));
    }

    @Test
    void shouldTakeTheOptionsAsGiven() {
        assertThat(SamplerCatalogue.sampler("ddim", exponential(7, 0.5, true))).isEqualTo(new Ddim(7, 0.5, true, LAST));
        assertThat(SamplerCatalogue.sampler("2m", exponential(7, 0.5, false)))
                .isEqualTo(new Multistep(7, 0.5, false, Correction.MIDPOINT, Spacing.TIME, LAST));
        assertThat(SamplerCatalogue.sampler("2m", steps(7).withLastTime(0.3)))
                .isEqualTo(new Multistep(7, 0, true, Correction.MIDPOINT, Spacing.TIME, 0.3));
        assertThat(SamplerCatalogue.sampler("ddim", steps(7).withLastTime(0.3))).isEqualTo(new Ddim(7, 0, false, 0.3));
        assertThat(SamplerCatalogue.sampler("ode", tolerance(1e-2)))
                .isEqualTo(new ProbabilityFlowOde(1e-2, LAST, 0.01));
    }

    @Test
    void shouldSpaceFewStepsEvenlyInLogSnrWithoutAJump() {
        assertThat(SamplerCatalogue.sampler("2m", steps(4)))
                .isEqualTo(new Multistep(4, 0, false, Correction.MIDPOINT, Spacing.LOG_SNR, LAST));
    }

    @Test
    void shouldSayWhatIsWrongAndWhatWouldBeRight() {
        refuses("pndm", SamplerOptions.NONE, "unknown sampler 'pndm': must be one of euler-maruyama, euler-heun, ode");
        refuses("2m", steps(0), "steps is 0: must be 1 to 1000");
        refuses("ddim", steps(1001), "steps is 1001: must be 1 to 1000");
        refuses("euler-heun", steps(-1), "steps is -1");
        refuses("ode", tolerance(1e-7), "tolerance is 1.0E-7: must be 1e-6 to 1");
        refuses("ode", tolerance(2), "tolerance is 2.0");
        refuses("ode", tolerance(Double.NaN), "tolerance is NaN");
        refuses("ddim", exponential(10, 1.5, false), "eta is 1.5: must be 0 to 1");
        refuses("2m", exponential(10, -0.1, false), "eta is -0.1");
        refuses("2m", exponential(2, 0, true), "steps is 2: must be at least 3 with a first jump");
        refuses("x0", steps(3), "option steps does not apply to sampler x0: it takes no options");
        refuses("posterior", tolerance(0.1), "option tolerance does not apply to sampler posterior: it takes steps");
        refuses("ot-ode", steps(0), "steps is 0: must be 1 to 1000");
        refuses("ode", steps(3), "option steps does not apply to sampler ode: it takes tolerance");
        refuses("2m", tolerance(0.1), "it takes eta, firstJump, lastTime, steps");
        SamplerOptions variant = new SamplerOptions(
                Optional.of("karras"),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty());
        refuses("euler-maruyama", variant, "unknown variant 'karras': must be official or consistent");
    }

    private static void refuses(String kind, SamplerOptions options, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SamplerCatalogue.sampler(kind, options))
                .withMessageContaining(message);
    }

    private static SamplerOptions steps(int steps) {
        return new SamplerOptions(
                Optional.empty(),
                OptionalInt.of(steps),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty());
    }

    private static SamplerOptions tolerance(double tolerance) {
        return new SamplerOptions(
                Optional.empty(),
                OptionalInt.empty(),
                OptionalDouble.of(tolerance),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty());
    }

    private static SamplerOptions exponential(int steps, double eta, boolean firstJump) {
        return new SamplerOptions(
                Optional.empty(),
                OptionalInt.of(steps),
                OptionalDouble.empty(),
                OptionalDouble.of(eta),
                Optional.of(firstJump),
                OptionalDouble.empty());
    }
}
