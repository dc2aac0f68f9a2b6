package io.driftrec.telemetry;

import io.driftrec.training.TrainingFailure;
import io.driftrec.training.TrainingListener;
import io.driftrec.training.TrainingMetrics;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The metrics of training jobs: {@code driftrec_training_*}. Where no job runs, the gauges tell of the last one. */
final class PrometheusTrainingMetrics implements TrainingMetrics {
    private final Clock clock;
    private final Counter started;
    private final Counter jobs;
    private final Gauge running;
    private final Gauge step;
    private final Gauge loss;
    private final Gauge validationLoss;
    private final Gauge samplesPerSecond;
    private final Gauge waitingShare;
    private final Gauge skippedImages;
    private volatile @Nullable Instant lastCheckpoint;

    PrometheusTrainingMetrics(CollectorRegistry registry, Clock clock) {
        this.clock = clock;
        started = Counter.build("driftrec_training_jobs_started_total", "Jobs begun, or gone on with")
                .register(registry);
        jobs = Counter.build("driftrec_training_jobs_total", "Jobs that ended, by outcome and failure code")
                .labelNames("outcome", "code")
                .register(registry);
        running = gauge("driftrec_training_running", "1 while a job is under way", registry);
        step = gauge("driftrec_training_step", "Steps that the job has taken", registry);
        loss = gauge("driftrec_training_loss", "Mean of the last hundred steps", registry);
        validationLoss = gauge("driftrec_training_validation_loss", "The last one, with averaged weights", registry);
        samplesPerSecond = gauge("driftrec_training_samples_per_second", "Patches trained a second", registry);
        waitingShare = gauge(
                "driftrec_training_waiting_share", "Share of the time in which the device waited for data", registry);
        skippedImages = gauge("driftrec_training_skipped_images", "Photographs that could not be used", registry);
        Gauge.build("driftrec_training_checkpoint_age_seconds", "Since the running job's last checkpoint, or its start")
                .create()
                .setChild(new Gauge.Child() {
                    @Override
                    public double get() {
                        return checkpointAge();
                    }
                })
                .register(registry);
        for (Outcome outcome : Outcome.values()) {
            jobs.labels(label(outcome), "");
        }
        jobs.labels("left", "");
        for (TrainingFailure failure : TrainingFailure.values()) {
            jobs.labels("failed", failure.name());
        }
    }

    @Override
    public void started() {
        started.inc();
        running.set(1);
        lastCheckpoint = clock.instant();
    }

    @Override
    public void ended(Outcome outcome) {
        end(label(outcome), "");
    }

    @Override
    public void failed(TrainingFailure failure) {
        end("failed", failure.name());
    }

    @Override
    public void left() {
        end("left", "");
    }

    @Override
    public void progressed(TrainingListener.Progress progress) {
        step.set(progress.step());
        loss.set(progress.loss());
        progress.validationLoss().ifPresent(validationLoss::set);
        samplesPerSecond.set(progress.samplesPerSecond());
        waitingShare.set(progress.waitingShare());
        skippedImages.set(progress.skippedImages());
    }

    @Override
    public void checkpointed() {
        lastCheckpoint = clock.instant();
    }

    private void end(String outcome, String code) {
        jobs.labels(outcome, code).inc();
        running.set(0);
        lastCheckpoint = null;
    }

    private double checkpointAge() {
        Instant last = lastCheckpoint;
        return last == null ? 0 : Duration.between(last, clock.instant()).toMillis() / 1000.0;
    }

    private static String label(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static Gauge gauge(String name, String help, CollectorRegistry registry) {
        return Gauge.build(name, help).register(registry);
    }
}
