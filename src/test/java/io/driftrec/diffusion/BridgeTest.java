package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BridgeTest {
    static Stream<Bridge> bridges() {
        return Stream.of(new I2sb(), new I2sb(1, 0), new I2sb(0.3, 0.5), new Indi(), new Indi(0.05, 0.5));
    }

    @ParameterizedTest
    @MethodSource("bridges")
    void shouldLeadFromTheCleanToTheCorruptedImage(Bridge bridge) {
        assertThat(bridge.signal(0)).isEqualTo(1);
        assertThat(bridge.signal(1)).isZero();
        assertThat(bridge.std(0)).isZero();
        assertThat(bridge.level(0)).isZero();
        for (double t = 0.01; t <= 1; t += 0.01) {
            assertThat(bridge.signal(t)).isLessThan(bridge.signal(t - 0.01));
            assertThat(bridge.level(t)).isGreaterThan(bridge.level(t - 0.01));
            assertThat(bridge.scoreSignal(t)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("bridges")
    void shouldComeBackFromItsNameAndParameters(Bridge bridge) {
        assertThat(ForwardProcess.named(bridge.name(), bridge.parameters())).isEqualTo(bridge);
    }

    @Test
    void shouldHaveTheDefaultsOfTheirAuthors() {
        assertThat(ForwardProcess.named("i2sb", Map.of())).isEqualTo(new I2sb(0.3, 1));
        assertThat(ForwardProcess.named("indi", Map.of())).isEqualTo(new Indi(0.01, 0));
        assertThat(ForwardProcess.named("ouve", Map.of("sigmaMax", 0.5)))
                .isEqualTo(Sde.named("ouve", Map.of("sigmaMax", 0.5)));
    }

    /** The authors' table of a thousand rates, summed; their images are in [-1, 1]. */
    @Test
    void shouldHaveTheNoiseOfTheAuthorsTable() {
        I2sb bridge = new I2sb();
        double[] sums = authorsSums(0.3);
        double total = sums[1000];
        for (int n = 0; n <= 1000; n++) {
            double t = n / 1000.0;
            assertThat(bridge.level(t)).isCloseTo(Math.sqrt(sums[n]) / 2, within(1e-13));
            assertThat(bridge.signal(t)).isCloseTo(1 - sums[n] / total, within(1e-12));
            assertThat(bridge.std(t)).isCloseTo(Math.sqrt(sums[n] * (total - sums[n]) / total) / 2, within(1e-8));
        }
        assertThat(bridge.std(0.5)).isCloseTo(0.094, within(5e-4));
    }

    static double[] authorsSums(double betaMax) {
        double[] sums = new double[1001];
        for (int n = 0; n < 1000; n++) {
            int mirrored = Math.min(n, 999 - n);
            double root = Math.sqrt(1e-4) + (Math.sqrt(betaMax / 1000) - Math.sqrt(1e-4)) * mirrored / 999;
            sums[n + 1] = sums[n] + root * root;
        }
        return sums;
    }

    static Stream<Arguments> wrongParameters() {
        return Stream.of(
                Arguments.of("i2sb", Map.of("betaMax", 0.01), "betaMax is 0.01: must be 0.1 to 1000"),
                Arguments.of("i2sb", Map.of("noise", 2.0), "noise is 2.0: must be 0 to 1"),
                Arguments.of("i2sb", Map.of("noise", Double.NaN), "noise is NaN"),
                Arguments.of(
                        "i2sb",
                        Map.of("gamma", 1.0),
                        "unknown parameter 'gamma' of process i2sb: must be betaMax or noise"),
                Arguments.of("indi", Map.of("epsilon", 0.0), "epsilon is 0.0: must be above 0, at most 1"),
                Arguments.of("indi", Map.of("decay", 1.0), "decay is 1.0: must be 0 to 0.5"),
                Arguments.of("indi", Map.of("noise", 1.0), "must be decay or epsilon"),
                Arguments.of("ddpm", Map.of(), "unknown process 'ddpm': must be ouve, tsdve, cosve, i2sb or indi"));
    }

    @ParameterizedTest
    @MethodSource("wrongParameters")
    void shouldSayWhatIsWrongAndWhatWouldBeRight(String name, Map<String, Double> parameters, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForwardProcess.named(name, parameters))
                .withMessageContaining(message);
    }
}
