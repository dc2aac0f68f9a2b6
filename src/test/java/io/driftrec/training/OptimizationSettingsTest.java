package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptimizationSettingsTest {
    @Test
    void shouldHoldThePapersRate() {
        assertThat(OptimizationSettings.PAPER.learningRate(0, 10)).isEqualTo(1e-4);
        assertThat(OptimizationSettings.PAPER.learningRate(9, 10)).isEqualTo(1e-4);
    }

    @Test
    void shouldWarmUpAndFallAlongACosine() {
        OptimizationSettings settings = settings(1e-3, 10, 1e-5);

        assertThat(settings.learningRate(0, 110)).isCloseTo(1e-4, within(1e-12));
        assertThat(settings.learningRate(9, 110)).isCloseTo(1e-3, within(1e-12));
        assertThat(settings.learningRate(60, 110)).isCloseTo((1e-3 + 1e-5) / 2, within(1e-9));
        assertThat(settings.learningRate(110, 110)).isCloseTo(1e-5, within(1e-12));
    }

    @Test
    void shouldWarmTheAverageUp() {
        assertThat(OptimizationSettings.PAPER.emaDecay(1)).isCloseTo(2.0 / 11, within(1e-12));
        assertThat(OptimizationSettings.PAPER.emaDecay(100_000)).isEqualTo(0.999);
    }

    @Test
    void shouldNameTheWrongValue() {
        assertThatThrownBy(() -> settings(-1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("learningRate must be in (0, 1], not -1.0");
        assertThatThrownBy(() -> new Budget(Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither steps nor time");
    }

    @Test
    void shouldEndWithWhateverIsSpentFirst() {
        Budget budget = new Budget(Optional.of(100L), Optional.of(Duration.ofMinutes(10)));

        assertThat(budget.isSpent(99, Duration.ofMinutes(9))).isFalse();
        assertThat(budget.isSpent(100, Duration.ZERO)).isTrue();
        assertThat(budget.isSpent(1, Duration.ofMinutes(10))).isTrue();
        assertThat(budget.share(20, Duration.ofMinutes(5))).isEqualTo(0.5);
    }

    private static OptimizationSettings settings(double rate, int warmUp, double last) {
        return new OptimizationSettings(8, rate, warmUp, last, 0.01, 1, 0.999, true, 0);
    }
}
