package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkerTelemetryTest {
    private static final Duration LIMIT = Duration.ofSeconds(600);

    @Test
    void shouldCallTheDeviceHangingWhenAStepLastsLongerThanTheLimit() {
        assertThat(WorkerTelemetry.hanging(Duration.ZERO, LIMIT)).isEmpty();
        assertThat(WorkerTelemetry.hanging(LIMIT, LIMIT)).isEmpty();
        assertThat(WorkerTelemetry.hanging(LIMIT.plusSeconds(1), LIMIT))
                .hasValueSatisfying(problem -> assertThat(problem).contains("601 s", "--device-timeout"));
    }
}
