package io.driftrec.training;

import io.driftrec.message.ModelIdentity;
import io.driftrec.message.TrainingJob;
import io.driftrec.message.TrainingStatus;
import java.time.Clock;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What a job's training says, as statuses and metrics; knows the step of the last checkpoint. For the job's thread. */
final class JobProgress implements TrainingListener {
    private final TrainingJob job;
    private final TrainingJobs.Place place;
    private final TrainingMetrics metrics;
    private final Clock clock;
    private final Consumer<TrainingStatus> statuses;
    private OptionalLong checkpoint = OptionalLong.empty();
    private boolean hasStarted;

    JobProgress(
            TrainingJob job,
            TrainingJobs.Place place,
            TrainingMetrics metrics,
            Clock clock,
            Consumer<TrainingStatus> statuses) {
        this.job = job;
        this.place = place;
        this.metrics = metrics;
        this.clock = clock;
        this.statuses = statuses;
    }

    @Override
    public void started(DataSplit split, long step) {
        if (step > 0) {
            checkpoint = OptionalLong.of(step);
        }
        if (hasStarted) {
            return; // after a publication on the way, which is no news
        }
        hasStarted = true;
        metrics.checkpointed();
        statuses.accept(new TrainingStatus.Started(
                job.jobId(),
                job.model(),
                step,
                split.training().size(),
                split.validation().size(),
                place.device(),
                clock.instant(),
                place.trainer()));
    }

    @Override
    public void progressed(Progress progress) {
        metrics.progressed(progress);
        statuses.accept(new TrainingStatus.Running(
                job.jobId(),
                progress.step(),
                progress.samples(),
                progress.share(),
                Double.isFinite(progress.loss()) ? OptionalDouble.of(progress.loss()) : OptionalDouble.empty(),
                progress.validationLoss(),
                progress.bestValidationLoss(),
                progress.learningRate(),
                progress.samplesPerSecond(),
                progress.waitingShare(),
                progress.skippedImages(),
                progress.trained(),
                progress.left(),
                clock.instant(),
                place.trainer()));
    }

    @Override
    public void checkpointed(long step) {
        checkpoint = OptionalLong.of(step);
        metrics.checkpointed();
    }

    TrainingStatus.Completed completed(JobRun.End end) {
        return new TrainingStatus.Completed(
                job.jobId(),
                end.step(),
                end.bestStep(),
                end.bestValidationLoss(),
                end.published()
                        .map(version -> new ModelIdentity(job.model(), version.weightsSha256(), end.processName())),
                end.published().map(ModelPublisher.Published::location),
                end.trained(),
                clock.instant(),
                place.trainer());
    }

    TrainingStatus cancelled() {
        return new TrainingStatus.Cancelled(job.jobId(), checkpoint, clock.instant(), place.trainer());
    }

    TrainingStatus failed(TrainingFailure code, String message) {
        return new TrainingStatus.Failed(
                job.jobId(), code.name(), message, checkpoint, clock.instant(), place.trainer());
    }
}
