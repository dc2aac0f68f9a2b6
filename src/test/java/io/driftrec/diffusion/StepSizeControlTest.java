package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StepSizeControlTest {
    private final StepSizeControl control = new StepSizeControl();

    @Test
    void shouldProbeAHundredthOfTheTimeInWhichTheStateChanges() {
        assertThat(StepSizeControl.probeLength(200, 1000, 0.97)).isCloseTo(0.002, within(1e-15));
        assertThat(StepSizeControl.probeLength(1e-6, 1000, 0.97)).isEqualTo(1e-6);
        assertThat(StepSizeControl.probeLength(1e9, 1, 0.97)).isEqualTo(0.97);
    }

    @Test
    void shouldStartByTheLargerDerivative() {
        control.start(0.01, 10, 320, 0.97);
        assertThat(control.length(0.97)).isCloseTo(Math.pow(0.01 / 320, 0.2), within(1e-15));
        control.start(1e-4, 10, 320, 0.97);
        assertThat(control.length(0.97)).isCloseTo(0.01, within(1e-15));
        control.start(0.5, 0, 0, 0.97);
        assertThat(control.length(0.97)).isCloseTo(5e-4, within(1e-15));
    }

    @Test
    void shouldNotPassTheEnd() {
        control.start(0.01, 10, 320, 0.97);
        assertThat(control.length(0.02)).isEqualTo(0.02);
    }

    @Test
    void shouldGrowTenfoldAtMost() {
        assertThat(control.accepts(0.03, 0)).isTrue();
        assertThat(control.length(1)).isCloseTo(0.3, within(1e-15));
        assertThat(control.accepts(0.1, 0.5)).isTrue();
        assertThat(control.length(1)).isCloseTo(0.1 * 0.9 * Math.pow(0.5, -0.2), within(1e-15));
    }

    @Test
    void shouldShrinkToAFifthAtMostAndNotGrowRightAfter() {
        assertThat(control.accepts(0.5, 1e9)).isFalse();
        assertThat(control.length(1)).isCloseTo(0.1, within(1e-15));
        assertThat(control.accepts(0.1, 1e-9)).isTrue();
        assertThat(control.length(1)).isCloseTo(0.1, within(1e-15));
        assertThat(control.accepts(0.1, 1e-9)).isTrue();
        assertThat(control.length(1)).isCloseTo(1, within(1e-15));
    }

    @Test
    void shouldNeitherRefuseNorShortenTheShortestStep() {
        assertThat(control.accepts(StepSizeControl.SHORTEST, 1e9)).isTrue();
        assertThat(control.length(1)).isEqualTo(StepSizeControl.SHORTEST);
        assertThat(control.accepts(0.006, 1e9)).isFalse();
        assertThat(control.length(1)).isEqualTo(StepSizeControl.SHORTEST);
    }
}
