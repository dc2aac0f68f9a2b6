package io.driftrec.telemetry;

import io.driftrec.training.TrainingMetrics;
import java.time.Clock;

/** All metrics of one trainer, in a registry of its own. */
public final class TrainerMetrics extends ProcessMetrics {
    private final TrainingMetrics training;

    /** @param clock for the age of the checkpoint */
    public TrainerMetrics(Clock clock) {
        training = new PrometheusTrainingMetrics(registry(), clock);
    }

    public TrainingMetrics training() {
        return training;
    }
}
