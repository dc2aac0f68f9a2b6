package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.message.EffectiveSampler;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SamplingTest {
    private static final Optional<String> NO_VARIANT = Optional.empty();
    private static final OptionalInt NO_STEPS = OptionalInt.empty();
    private static final OptionalDouble NONE = OptionalDouble.empty();

    private static String describe(
            String kind,
            Optional<String> variant,
            OptionalInt steps,
            OptionalDouble tolerance,
            OptionalDouble eta,
            int samples) {
        return Sampling.describe(new EffectiveSampler(
                kind, variant, steps, tolerance, eta, Optional.empty(), OptionalDouble.empty(), 42, samples));
    }

    @Test
    void shouldSayWhatTheSamplerHas() {
        OptionalDouble zero = OptionalDouble.of(0);
        assertThat(describe("x0", NO_VARIANT, NO_STEPS, NONE, NONE, 1)).isEqualTo("x0");
        assertThat(describe("2m", NO_VARIANT, OptionalInt.of(10), NONE, zero, 1))
                .isEqualTo("2m, 10 steps");
        assertThat(describe("ode", NO_VARIANT, NO_STEPS, OptionalDouble.of(0.1), NONE, 1))
                .isEqualTo("ode, tolerance 0.1");
        assertThat(describe("ddim", NO_VARIANT, OptionalInt.of(20), NONE, OptionalDouble.of(0.5), 1))
                .isEqualTo("ddim, 20 steps, eta 0.5");
        assertThat(describe("euler-maruyama", Optional.of("official"), OptionalInt.of(100), NONE, NONE, 8))
                .isEqualTo("euler-maruyama official, 100 steps, mean of 8");
    }
}
