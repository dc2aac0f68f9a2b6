package io.driftrec.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticTest {
    @Test
    void shouldGiveMeanStandardErrorAndStudentsInterval() {
        Statistic statistic = Statistic.of(List.of(1.0, 2.0, 4.0, 5.0));

        assertThat(statistic.mean()).isEqualTo(3);
        assertThat(statistic.standardError().orElseThrow()).isEqualTo(Math.sqrt(10.0 / 3 / 4), offset(1e-12));
        assertThat(statistic.halfWidth().orElseThrow())
                .as("t of 3 degrees of freedom at 97.5 %%")
                .isEqualTo(3.182446 * Math.sqrt(10.0 / 12), offset(1e-5));
    }

    @Test
    void shouldHaveNoIntervalWhereThereIsNone() {
        assertThat(Statistic.of(List.of(7.0)).halfWidth()).isEmpty();
        assertThat(Statistic.of(List.of(7.0, Double.POSITIVE_INFINITY)))
                .isEqualTo(new Statistic(2, Double.POSITIVE_INFINITY, java.util.OptionalDouble.empty()));
        assertThat(Statistic.ofSet(10, 3.5).halfWidth()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Statistic.of(List.of()));
    }
}
