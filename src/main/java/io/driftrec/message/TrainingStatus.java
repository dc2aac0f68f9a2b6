package io.driftrec.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The value of a record of {@code driftrec.training.progress}: what became of a training job so far. The field {@code status}
 * tells which.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "status")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrainingStatus.Started.class, name = "started"),
    @JsonSubTypes.Type(value = TrainingStatus.Running.class, name = "running"),
    @JsonSubTypes.Type(value = TrainingStatus.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = TrainingStatus.Cancelled.class, name = "cancelled"),
    @JsonSubTypes.Type(value = TrainingStatus.Failed.class, name = "failed")
})
public sealed interface TrainingStatus {
    /** Which job. */
    String jobId();

    /** When it was so. */
    Instant reportedAt();

    /** The trainer that reports; for people who look for its logs. */
    String trainer();

    /**
     * A trainer begins, or goes on, with the job.
     *
     * @param model the name of the model that comes out
     * @param step where training goes on from, 0 at the start
     * @param trainingImages photographs to train with
     * @param validationImages photographs to validate with
     * @param device what it trains on
     */
    record Started(
            String jobId,
            String model,
            long step,
            int trainingImages,
            int validationImages,
            String device,
            Instant reportedAt,
            String trainer)
            implements TrainingStatus {
        public Started {
            Constraints.name("jobId", jobId);
            Constraints.name("model", model);
            Constraints.range("step", step, 0, Long.MAX_VALUE);
            Constraints.instant("reportedAt", reportedAt);
            Constraints.name("trainer", trainer);
        }
    }

    /**
     * How far the job is.
     *
     * @param step steps taken
     * @param samples patches seen
     * @param share of the budget used up, 0 to 1
     * @param loss mean of the last hundred steps
     * @param validationLoss the last one, with the averaged weights
     * @param bestValidationLoss the smallest so far
     * @param learningRate of the last step
     * @param samplesPerSecond since this trainer began, validation left out
     * @param waitingShare share of that time in which the device waited for data
     * @param skippedImages photographs that could not be used
     * @param trained time of training in all
     * @param left estimated time to the end of the budget
     */
    record Running(
            String jobId,
            long step,
            long samples,
            double share,
            OptionalDouble loss,
            OptionalDouble validationLoss,
            OptionalDouble bestValidationLoss,
            double learningRate,
            double samplesPerSecond,
            double waitingShare,
            int skippedImages,
            @JsonProperty("trainedMillis") Duration trained,
            @JsonProperty("leftMillis") Duration left,
            Instant reportedAt,
            String trainer)
            implements TrainingStatus {
        public Running {
            Constraints.name("jobId", jobId);
            Constraints.range("step", step, 0, Long.MAX_VALUE);
            Constraints.range("share", share, 0.0, 1.0);
            Constraints.instant("reportedAt", reportedAt);
            Constraints.name("trainer", trainer);
        }
    }

    /**
     * The model is trained.
     *
     * @param step steps taken
     * @param bestStep when the weights that are published were validated
     * @param bestValidationLoss their validation loss
     * @param model name, digest and process; absent where the job does not publish
     * @param location where the model was published; absent where the job does not publish
     */
    record Completed(
            String jobId,
            long step,
            long bestStep,
            double bestValidationLoss,
            Optional<ModelIdentity> model,
            Optional<URI> location,
            @JsonProperty("trainedMillis") Duration trained,
            Instant reportedAt,
            String trainer)
            implements TrainingStatus {
        public Completed {
            Constraints.name("jobId", jobId);
            Constraints.range("step", step, 1, Long.MAX_VALUE);
            Constraints.range("bestStep", bestStep, 0, step);
            location.ifPresent(uri -> Constraints.location("location", uri));
            Constraints.instant("reportedAt", reportedAt);
            Constraints.name("trainer", trainer);
        }
    }

    /**
     * The job was ended by a message.
     *
     * @param step of the last checkpoint, which stays; absent where training had not begun
     */
    record Cancelled(String jobId, OptionalLong step, Instant reportedAt, String trainer) implements TrainingStatus {
        public Cancelled {
            Constraints.name("jobId", jobId);
            step.ifPresent(value -> Constraints.range("step", value, 0, Long.MAX_VALUE));
            Constraints.instant("reportedAt", reportedAt);
            Constraints.name("trainer", trainer);
        }
    }

    /**
     * The job cannot go on.
     *
     * @param code the kind of failure
     * @param message for people; what is longer than 1000 characters is cut, and what does not print is replaced
     * @param checkpointStep step of the last good checkpoint, from which the same job goes on where it is sent again
     */
    record Failed(
            String jobId, String code, String message, OptionalLong checkpointStep, Instant reportedAt, String trainer)
            implements TrainingStatus {
        private static final int MAX_MESSAGE = 1000;

        public Failed {
            Constraints.name("jobId", jobId);
            Constraints.name("code", code);
            message = message.isBlank() ? code : Quotation.clean(message, MAX_MESSAGE);
            checkpointStep.ifPresent(value -> Constraints.range("checkpointStep", value, 0, Long.MAX_VALUE));
            Constraints.instant("reportedAt", reportedAt);
            Constraints.name("trainer", trainer);
        }
    }
}
