package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limit of a call after the device ran out of memory. */
class CallBudgetTest {
    private final AnalyticNetwork network = new AnalyticNetwork(8);
    private final CallKey key = new CallKey(network, 8, 8);
    private final CallBudget budget = new CallBudget(16);

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void shouldGrowByOneTileWhenManyFullCallsFitted() {
        budget.reduce(16, key);
        assertThat(budget.tiles(key)).isEqualTo(8);

        fit(CallBudget.CALLS_BEFORE_GROWTH - 1);
        assertThat(budget.tiles(key)).isEqualTo(8);
        fit(1);
        assertThat(budget.tiles(key)).isEqualTo(9);
    }

    @Test
    void shouldNotGrowWhenCallsAreNotFull() {
        budget.reduce(16, key);

        for (int call = 0; call < 2 * CallBudget.CALLS_BEFORE_GROWTH; call++) {
            budget.fitted(7, key);
        }

        assertThat(budget.tiles(key)).isEqualTo(8);
    }

    @Test
    void shouldGrowBackToTheSettingAndNoFurther() {
        budget.reduce(16, key);

        fit(20 * CallBudget.CALLS_BEFORE_GROWTH);

        assertThat(budget.tiles(key)).isEqualTo(16);
    }

    @Test
    void shouldGoBackToWhatFittedWhenOneMoreDoesNot() {
        budget.reduce(16, key);
        fit(CallBudget.CALLS_BEFORE_GROWTH);

        budget.reduce(9, key);
        assertThat(budget.tiles(key)).isEqualTo(8);
        fit(CallBudget.CALLS_BEFORE_GROWTH);
        assertThat(budget.tiles(key)).isEqualTo(9);
    }

    @Test
    void shouldHalveWhenWhatFittedOnceDoesNotAnyMore() {
        budget.reduce(16, key);
        fit(CallBudget.CALLS_BEFORE_GROWTH);

        budget.reduce(9, key);
        budget.reduce(8, key);

        assertThat(budget.tiles(key)).isEqualTo(4);
    }

    private void fit(int calls) {
        for (int call = 0; call < calls; call++) {
            budget.fitted(budget.tiles(key), key);
        }
    }
}
