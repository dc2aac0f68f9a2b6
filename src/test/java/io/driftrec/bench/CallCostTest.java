package io.driftrec.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallCostTest {
    @Test
    void shouldBeAsMeasuredAndStraightBetween() {
        CallCost cost = new CallCost(Map.of(2, 0.2, 8, 0.5));

        assertThat(cost.seconds(2)).isEqualTo(0.2);
        assertThat(cost.seconds(8)).isEqualTo(0.5);
        assertThat(cost.seconds(4)).isCloseTo(0.3, within(1e-12));
        assertThat(cost.seconds(1)).isCloseTo(0.1, within(1e-12));
        assertThat(cost.seconds(16)).isCloseTo(1, within(1e-12));
    }

    @Test
    void shouldTakeTheMediansOfItsKind() {
        List<EvaluationTime> times = List.of(
                new EvaluationTime("fp32", "contiguous", 64, 1, new Spread(9, 9, 9, 1)),
                new EvaluationTime("bf16", "channels-last", 64, 1, new Spread(8, 8, 8, 1)),
                new EvaluationTime("fp32", "channels-last", 64, 1, new Spread(2, 1, 3, 5)));

        assertThat(CallCost.of(times, "fp32", "channels-last").seconds(1)).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallCost.of(times, "fp16", "contiguous"))
                .withMessage("no call was measured");
    }

    @Test
    void shouldRefuseWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CallCost(Map.of(0, 1.0)))
                .withMessageContaining("a call of 0 tiles");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CallCost(Map.of(1, 0.0)))
                .withMessageContaining("takes 0.0 s: must be above 0");
    }
}
