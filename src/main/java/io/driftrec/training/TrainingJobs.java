package io.driftrec.training;

import io.driftrec.message.TrainingJob;
import io.driftrec.message.TrainingStatus;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.TensorEngine;
import io.driftrec.storage.Backoff;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.StorageException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does training jobs, one at a time, from the message to the published model; the same job again goes on where it stopped.
 *
 * <h2>Failure modes</h2>
 *
 * <p>Whatever is wrong with a job, {@link #run} answers with a {@link TrainingStatus.Failed}; a checkpoint that was written stays. A
 * job whose state stays out of reach is {@code STORE_UNAVAILABLE}. A job that went to another trainer, or is to be left when a store is
 * out of reach, ends without a status. So does one that failed for an unknown reason on a device that no longer computes.
 */
public final class TrainingJobs {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingJobs.class);

    /**
     * Where jobs are done.
     *
     * @param engines one a device
     * @param images where data sets are read
     * @param states where checkpoints are
     * @param prefix of the checkpoints
     */
    public record Place(
            String trainer,
            List<TensorEngine> engines,
            RunSettings settings,
            ObjectStore images,
            ObjectStore states,
            URI prefix) {
        public Place {
            engines = List.copyOf(engines);
        }

        String device() {
            return TensorEngine.describe(engines);
        }
    }

    private final Place place;
    private final StartModels startModels;
    private final ModelPublisher publisher;
    private final TrainingMetrics metrics;
    private final Clock clock;
    private final BooleanSupplier isDeviceWorking;

    public TrainingJobs(
            Place place, StartModels startModels, ModelPublisher publisher, TrainingMetrics metrics, Clock clock) {
        this(place, startModels, publisher, metrics, clock, () -> place.engines().stream()
                .allMatch(TensorEngine::isWorking));
    }

    TrainingJobs(
            Place place,
            StartModels startModels,
            ModelPublisher publisher,
            TrainingMetrics metrics,
            Clock clock,
            BooleanSupplier isDeviceWorking) {
        this.place = place;
        this.startModels = startModels;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        this.isDeviceWorking = isDeviceWorking;
    }

    /**
     * Does a job.
     *
     * @param statuses hears how it goes, on this thread
     * @return how it ended; empty where the control asked to leave it, or another trainer has it
     */
    public Optional<TrainingStatus> run(TrainingJob job, JobControl control, Consumer<TrainingStatus> statuses) {
        metrics.started();
        JobProgress progress = new JobProgress(job, place, metrics, clock, statuses);
        JobFolder folder = new JobFolder(place.states(), place.prefix(), job.jobId());
        Optional<TrainingStatus> end;
        try {
            end = control.request() == StopRequest.NONE
                    ? train(job, folder, control, progress)
                    : stopped(control, progress);
        } catch (TrainingFailedException failure) {
            end = failed(job, control, progress, failure.failure(), failure);
        } catch (StorageException failure) {
            end = failed(job, control, progress, TrainingFailure.STORE_UNAVAILABLE, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            end = Optional.empty();
        } catch (RuntimeException | Error defect) {
            end = isDeviceWorking.getAsBoolean()
                    ? failed(job, control, progress, TrainingFailure.INTERNAL, defect)
                    : deviceBroken(job, defect);
        }
        if (end.isEmpty()) {
            metrics.left();
        }
        return end;
    }

    private Optional<TrainingStatus> train(TrainingJob job, JobFolder folder, JobControl control, JobProgress progress)
            throws StorageException, InterruptedException {
        Backoff backoff = place.settings().backoff();
        Optional<TrainingStatus> earlier = backoff.run(folder::outcome);
        if (earlier.isPresent()) {
            LOG.info("job has completed before jobId={}", job.jobId());
            metrics.ended(TrainingMetrics.Outcome.COMPLETED);
            return earlier;
        }
        Optional<StartModels.Found> start = start(job);
        TrainingPlan plan = TrainingPlans.of(
                job, start.map(StartModels.Found::architecture), place.engines().size());
        Optional<JobFolder.Claim> claim = backoff.run(() -> control.request() == StopRequest.NONE
                ? Optional.of(folder.claim(place.trainer(), control::lose))
                : Optional.empty()); // a claim would take the job from the trainer that it has gone to
        if (claim.isEmpty()) {
            return stopped(control, progress);
        }
        try {
            JobRun run = new JobRun(job, plan, start, place, claim.get().checkpoints(), publisher);
            JobRun.End end = run.toTheEnd(control, progress);
            return end.request() == StopRequest.NONE
                    ? Optional.of(completed(job, folder, progress.completed(end)))
                    : stopped(control, progress);
        } catch (TrainingFailedException failure) {
            if (claim.get().isLost()) {
                LOG.warn("job went to another trainer jobId={} reason=\"{}\"", job.jobId(), failure.getMessage());
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Without the note, the same job would go on at its last checkpoint, and publish and tell the same once more. */
    private TrainingStatus completed(TrainingJob job, JobFolder folder, TrainingStatus.Completed completed)
            throws InterruptedException {
        try {
            place.settings().backoff().run(() -> {
                folder.complete(completed);
                return completed;
            });
        } catch (StorageException failure) {
            LOG.warn("job completed, but not noted so jobId={} reason=\"{}\"", job.jobId(), failure.getMessage());
        }
        metrics.ended(TrainingMetrics.Outcome.COMPLETED);
        return completed;
    }

    private Optional<StartModels.Found> start(TrainingJob job) throws StorageException, InterruptedException {
        try {
            return place.settings().backoff().run(() -> startModels.of(job));
        } catch (InvalidModelException | IOException e) {
            throw new TrainingFailedException(TrainingFailure.START_MODEL_UNUSABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<TrainingStatus> stopped(JobControl control, JobProgress progress) {
        if (control.request() != StopRequest.CANCEL) {
            return Optional.empty();
        }
        metrics.ended(TrainingMetrics.Outcome.CANCELLED);
        return Optional.of(progress.cancelled());
    }

    private Optional<TrainingStatus> failed(
            TrainingJob job, JobControl control, JobProgress progress, TrainingFailure code, Throwable failure) {
        boolean isLeft = code == TrainingFailure.STORE_UNAVAILABLE && control.request() == StopRequest.PAUSE;
        if (isLeft || Thread.currentThread().isInterrupted()) {
            LOG.warn(
                    "job left as its last checkpoint has it jobId={} reason=\"{}\"", job.jobId(), failure.getMessage());
            return Optional.empty();
        }
        if (code == TrainingFailure.STORE_UNAVAILABLE && control.request() == StopRequest.CANCEL) {
            LOG.warn("job cancelled jobId={} but its state is not written: {}", job.jobId(), failure.getMessage());
            return stopped(control, progress);
        }
        LOG.atError()
                .addKeyValue("jobId", job.jobId())
                .addKeyValue("code", code)
                .addKeyValue("reason", failure.getMessage())
                .setCause(code == TrainingFailure.INTERNAL ? failure : null)
                .log("job failed");
        metrics.failed(code);
        return Optional.of(progress.failed(code, String.valueOf(failure.getMessage())));
    }

    private Optional<TrainingStatus> deviceBroken(TrainingJob job, Throwable failure) {
        LOG.atError().addKeyValue("jobId", job.jobId()).setCause(failure).log("the device is broken, the job is left");
        return Optional.empty();
    }

    /** What a job that only its id is known of ends with. */
    public TrainingStatus invalid(String jobId, String message) {
        metrics.started();
        metrics.failed(TrainingFailure.INVALID_JOB);
        return new TrainingStatus.Failed(
                jobId,
                TrainingFailure.INVALID_JOB.name(),
                message,
                OptionalLong.empty(),
                clock.instant(),
                place.trainer());
    }
}
