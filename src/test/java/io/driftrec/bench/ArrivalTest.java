package io.driftrec.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalTest {
    @Test
    void shouldComeAtTheRateWithStepsInTheRange() {
        List<Arrival> arrivals = Arrival.poisson(20_000, 4, 1);

        assertThat(arrivals.get(arrivals.size() - 1).seconds() / arrivals.size())
                .isCloseTo(0.25, within(0.006));
        assertThat(arrivals).allMatch(arrival -> arrival.steps() >= 6 && arrival.steps() <= 100);
        assertThat(arrivals).anyMatch(arrival -> arrival.steps() == 6).anyMatch(arrival -> arrival.steps() == 100);
        double mean = arrivals.stream().mapToInt(Arrival::steps).average().orElseThrow();
        assertThat(Arrival.meanSteps()).isCloseTo(mean, within(0.6));
        for (int i = 1; i < arrivals.size(); i++) {
            assertThat(arrivals.get(i).seconds())
                    .isGreaterThanOrEqualTo(arrivals.get(i - 1).seconds());
        }
    }

    @Test
    void shouldBeTheSameForOneSeedAndKeepTheStepsAtAnotherRate() {
        assertThat(Arrival.poisson(50, 4, 1)).isEqualTo(Arrival.poisson(50, 4, 1));
        assertThat(Arrival.poisson(50, 8, 1).stream().map(Arrival::steps))
                .containsExactlyElementsOf(
                        Arrival.poisson(50, 4, 1).stream().map(Arrival::steps).toList());
        assertThat(Arrival.poisson(50, 4, 2)).isNotEqualTo(Arrival.poisson(50, 4, 1));
    }
}
