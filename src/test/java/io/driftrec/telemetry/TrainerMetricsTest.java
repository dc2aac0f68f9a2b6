package io.driftrec.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.ManualClock;
import io.driftrec.training.TrainingFailure;
import io.driftrec.training.TrainingListener.Progress;
import io.driftrec.training.TrainingMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TrainerMetricsTest {
    private final ManualClock clock = new ManualClock();
    private final TrainerMetrics metrics = new TrainerMetrics(clock);

    private double value(String name) {
        return metrics.registry().getSampleValue(name);
    }

    @Test
    void shouldKeepItsNamesAndLabels() throws IOException {
        metrics.info().build("VERSION", "DEVICE");

        TreeSet<String> series = MetricNamesTest.series(metrics.registry());
        series.removeIf(line -> line.matches("driftrec_(records|consumer|publish)_.*"));
        assertThat(series).containsExactlyElementsOf(new TreeSet<>(MetricNamesTest.golden("trainer-metrics.txt")));
    }

    @Test
    void shouldTellHowFarTheJobIs() {
        metrics.training().started();
        metrics.training()
                .progressed(new Progress(
                        10,
                        80,
                        0.5,
                        0.25,
                        OptionalDouble.of(0.5),
                        OptionalDouble.of(0.5),
                        1e-4,
                        12,
                        0.125,
                        3,
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(7)));

        assertThat(value("driftrec_training_running")).isOne();
        assertThat(value("driftrec_training_step")).isEqualTo(10);
        assertThat(value("driftrec_training_loss")).isEqualTo(0.25);
        assertThat(value("driftrec_training_validation_loss")).isEqualTo(0.5);
        assertThat(value("driftrec_training_samples_per_second")).isEqualTo(12);
        assertThat(value("driftrec_training_waiting_share")).isEqualTo(0.125);
        assertThat(value("driftrec_training_skipped_images")).isEqualTo(3);
    }

    @Test
    void shouldTellTheAgeOfTheCheckpointWhileAJobRuns() {
        metrics.training().started();
        clock.advance(Duration.ofSeconds(90));
        assertThat(value("driftrec_training_checkpoint_age_seconds")).isEqualTo(90);

        metrics.training().checkpointed();
        assertThat(value("driftrec_training_checkpoint_age_seconds")).isZero();

        clock.advance(Duration.ofSeconds(90));
        metrics.training().failed(TrainingFailure.NON_FINITE_LOSS);
        assertThat(value("driftrec_training_checkpoint_age_seconds")).isZero();
        assertThat(value("driftrec_training_running")).isZero();
    }

    @Test
    void shouldBalanceWhatStartedAndWhatEnded() {
        TrainingMetrics training = metrics.training();
        for (int i = 0; i < 4; i++) {
            training.started();
        }
        training.ended(TrainingMetrics.Outcome.COMPLETED);
        training.failed(TrainingFailure.NO_IMAGES);
        training.left();

        double ended = 0;
        for (String line : MetricNamesTest.series(metrics.registry())) {
            if (line.startsWith("driftrec_training_jobs_total")) {
                String[] parts = line.split(" ", -1);
                ended += metrics.registry()
                        .getSampleValue("driftrec_training_jobs_total", new String[] {"outcome", "code"}, new String[] {
                            parts[2].split("=", -1)[1], parts[3].split("=", -1)[1]
                        });
            }
        }
        assertThat(value("driftrec_training_jobs_started_total")).isEqualTo(ended + 1);
    }
}
