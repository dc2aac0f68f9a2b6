package io.driftrec.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void shouldMarkRoundNumbersWithAsManyDecimalsAsTheyNeed() {
        assertThat(labels(Axis.linear("", List.of(22.31, 22.97)))).isEqualTo("22.4 22.6 22.8 23.0");
        assertThat(labels(Axis.linear("", List.of(0.0, 190.0)))).isEqualTo("0 50 100 150 200");
        assertThat(labels(Axis.linear("", List.of(-1.0, 1.0)))).isEqualTo("-1.0 -0.5 0.0 0.5 1.0");
        assertThat(labels(Axis.logarithmic("", List.of(1.0, 100.0)))).isEqualTo("1 2 5 10 20 50 100");
        assertThat(labels(Axis.logarithmic("", List.of(0.02, 3.0)))).isEqualTo("0.02 0.05 0.1 0.2 0.5 1 2 5");
    }

    @Test
    void shouldMarkTheValuesThemselvesUnlessTheyAreTooNear() {
        assertThat(labels(Axis.logarithmicAt("", List.of(10.0, 1.0, 4.0, 4.0)))).isEqualTo("1 4 10");
        assertThat(labels(Axis.logarithmicAt("", List.of(1.0, 99.0, 100.0)))).isEqualTo("1 2 5 10 20 50 100");
    }

    @Test
    void shouldHoldAllValuesWithRoom() {
        Axis axis = Axis.linear("", List.of(3.0, 9.0, 5.0));

        assertThat(axis.position(3)).isBetween(0.05, 0.2);
        assertThat(axis.position(9)).isBetween(0.8, 0.95);
        assertThat(Axis.linear("", List.of(0.0, 1.0)).least())
                .as("nothing below 0")
                .isZero();
    }

    @Test
    void shouldHoldASingleValue() {
        assertThat(Axis.linear("", List.of(0.0)).position(0)).isFinite();
        assertThat(Axis.linear("", List.of(5.0)).position(5)).isEqualTo(0.5, offset(1e-9));
        assertThat(Axis.logarithmic("", List.of(10.0)).position(10)).isEqualTo(0.5, offset(1e-9));
    }

    @Test
    void shouldDivideByRatiosWhereItIsLogarithmic() {
        Axis axis = Axis.logarithmic("", List.of(1.0, 100.0));

        assertThat(axis.position(10) - axis.position(1))
                .isEqualTo(axis.position(100) - axis.position(10), offset(1e-9));
    }

    private static String labels(Axis axis) {
        return axis.marks().stream().map(axis::label).collect(Collectors.joining(" "));
    }
}
