package io.driftrec.training;

import io.driftrec.message.TrainingJob;
import io.driftrec.network.ModelRepository;
import io.driftrec.network.Safetensors;
import io.driftrec.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.commons.io.file.PathUtils;

/**
 * One job's training, with its publications. Between two publications it is one {@link TrainingRun}, which is paused at its end and
 * gone on with: that a training goes on as if it had not stopped makes publishing on the way a pause like any other.
 */
final class JobRun {
    /**
     * How a run ended.
     *
     * @param request {@code NONE} when the budget was used up
     * @param published the last version; empty where the job does not publish at the end
     */
    record End(
            StopRequest request,
            long step,
            long bestStep,
            double bestValidationLoss,
            Duration trained,
            String processName,
            Optional<ModelPublisher.Published> published) {}

    private final TrainingJob job;
    private final TrainingPlan plan;
    private final Optional<StartModels.Found> start;
    private final TrainingJobs.Place place;
    private final TrainingRun run;
    private final ModelPublisher publisher;

    JobRun(
            TrainingJob job,
            TrainingPlan plan,
            Optional<StartModels.Found> start,
            TrainingJobs.Place place,
            Checkpoints checkpoints,
            ModelPublisher publisher) {
        this.job = job;
        this.plan = plan;
        this.start = start;
        this.place = place;
        this.run = new TrainingRun(plan, place.settings(), place.engines(), place.images(), checkpoints);
        this.publisher = publisher;
    }

    /** Trains until the budget is used up or the control asks to stop. */
    End toTheEnd(JobControl control, TrainingListener listener) throws InterruptedException {
        Optional<Safetensors> weights = start.map(StartModels.Found::weights);
        OptionalLong every = job.publish().map(TrainingJob.Publish::everySteps).orElse(OptionalLong.empty());
        while (true) {
            Segment segment = new Segment(control, every, listener);
            TrainingOutcome outcome = run.run(weights, segment, segment);
            boolean isOnTheWay = outcome.end() == StopRequest.PAUSE && control.request() == StopRequest.NONE;
            if (!isOnTheWay) {
                boolean publishes = outcome.end() == StopRequest.NONE && publishesAtEnd();
                return end(outcome, publishes ? Optional.of(publish(outcome)) : Optional.empty());
            }
            if (outcome.bestStep() > 0) {
                publish(outcome);
            }
        }
    }

    private boolean publishesAtEnd() {
        return job.publish().flatMap(TrainingJob.Publish::atEnd).orElse(true);
    }

    private End end(TrainingOutcome outcome, Optional<ModelPublisher.Published> published) {
        return new End(
                outcome.end(),
                outcome.progress().step(),
                outcome.bestStep(),
                outcome.progress().bestValidationLoss().orElse(Double.NaN),
                outcome.progress().trained(),
                plan.process().name(),
                published);
    }

    private ModelPublisher.Published publish(TrainingOutcome outcome) throws InterruptedException {
        TrainedModel model = TrainedModel.of(job, plan, outcome, start, place.device());
        try {
            return place.settings().backoff().run(() -> publish(model));
        } catch (StorageException | IOException e) {
            throw new TrainingFailedException(
                    TrainingFailure.STORE_UNAVAILABLE, "the model cannot be published: " + e.getMessage(), e);
        }
    }

    private ModelPublisher.Published publish(TrainedModel model) throws IOException, StorageException {
        Path folder = Files.createTempDirectory("driftrec-model-");
        try {
            new ModelRepository(folder).add(model.card(), model.weights());
            return publisher.publish(folder.resolve(model.card().name()));
        } finally {
            PathUtils.deleteDirectory(folder);
        }
    }

    /** Asks to pause at the next step that is to be published; what the control asks comes first. */
    private static final class Segment implements TrainingListener, Supplier<StopRequest> {
        private final JobControl control;
        private final OptionalLong every;
        private final TrainingListener listener;
        private long stepsLeft = Long.MAX_VALUE;

        Segment(JobControl control, OptionalLong every, TrainingListener listener) {
            this.control = control;
            this.every = every;
            this.listener = listener;
        }

        @Override
        public void started(DataSplit split, long step) {
            if (every.isPresent()) {
                stepsLeft = every.getAsLong() - step % every.getAsLong();
            }
            listener.started(split, step);
        }

        /** Asked once before the first step and once after each. */
        @Override
        public StopRequest get() {
            StopRequest asked = control.request();
            return asked == StopRequest.NONE && stepsLeft-- == 0 ? StopRequest.PAUSE : asked;
        }

        @Override
        public void progressed(Progress progress) {
            listener.progressed(progress);
        }

        @Override
        public void checkpointed(long step) {
            listener.checkpointed(step);
        }
    }
}
