package io.driftrec.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void shouldInterpolateBetweenNeighbours() {
        double[] values = new double[101];
        for (int i = 0; i < values.length; i++) {
            values[i] = 100 - i;
        }

        assertThat(Spread.of(values)).isEqualTo(new Spread(50, 5, 95, 101));
        assertThat(Spread.of(new double[] {3, 1})).isEqualTo(new Spread(2, 1.1, 2.9, 2));
        assertThat(Spread.at(new double[] {1, 2, 4}, 0.75)).isCloseTo(3, within(1e-12));
        assertThat(values[0]).isEqualTo(100);
    }

    @Test
    void shouldBeOneValueWhenThereIsOne() {
        assertThat(Spread.of(new double[] {7}))
                .isEqualTo(new Spread(7, 7, 7, 1))
                .hasToString("7.000 (7.000 to 7.000)");
    }

    @Test
    void shouldRefuseNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(new double[0]));
    }
}
