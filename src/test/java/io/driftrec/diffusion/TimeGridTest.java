package io.driftrec.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimeGridTest {
    @Test
    void shouldBeEvenInTime() {
        TimeGrid grid = TimeGrid.uniform(100, 0.03);
        assertThat(grid.points()).isEqualTo(100);
        assertThat(grid.at(0)).isEqualTo(1);
        assertThat(grid.at(99)).isEqualTo(0.03);
        for (int i = 0; i < 99; i++) {
            assertThat(grid.at(i) - grid.at(i + 1)).isCloseTo(0.97 / 99, within(1e-15));
            assertThat(grid.isLast(i)).isFalse();
        }
        assertThat(grid.isLast(99)).isTrue();
    }

    @Test
    void shouldBeEvenInLogSnr() {
        for (Sde sde : new Sde[] {new Ouve(), new Tsdve(), new Cosve()}) {
            TimeGrid grid = TimeGrid.uniformInLogSnr(sde, 1, 0.03, 8);
            assertThat(grid.at(0)).isEqualTo(1);
            assertThat(grid.at(7)).isEqualTo(0.03);
            double gap = (sde.logSnr(0.03) - sde.logSnr(1)) / 7;
            for (int i = 0; i < 7; i++) {
                assertThat(sde.logSnr(grid.at(i + 1)) - sde.logSnr(grid.at(i))).isCloseTo(gap, within(1e-12));
            }
        }
    }

    @Test
    void shouldBeTheFirstTimeWhenThereIsOnePoint() {
        assertThat(TimeGrid.uniform(1, 0.03).at(0)).isEqualTo(1);
        assertThat(TimeGrid.uniform(1, 0.03).isLast(0)).isTrue();
        assertThat(TimeGrid.uniformInLogSnr(new Ouve(), 1, 0.03, 1).at(0)).isEqualTo(1);
    }

    @Test
    void shouldBeginWithOneWhenItFollowsAJump() {
        TimeGrid grid = TimeGrid.uniform(0.75, 0.03, 3).afterJump();
        assertThat(grid.points()).isEqualTo(4);
        assertThat(grid.at(0)).isEqualTo(1);
        assertThat(grid.at(1)).isEqualTo(0.75);
        assertThat(grid.at(2)).isCloseTo(0.39, within(1e-15));
        assertThat(grid.at(3)).isEqualTo(0.03);
    }
}
