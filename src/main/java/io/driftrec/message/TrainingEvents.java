package io.driftrec.message;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * Turns training commands and statuses into events, as {@link OutgoingEvents} does with restorations.
 *
 * <p>The id is a name-based UUID of {@code <jobId>/job}, {@code <jobId>/cancel}, {@code <jobId>/started/<step>}, {@code
 * <jobId>/running/<step>} or {@code <jobId>/end}: steps that are taken again after a trainer was lost are told under the ids that
 * they had, and completed, cancelled and failed share one, since a job has one visible end. Thread-safe.
 */
public final class TrainingEvents {
    /** The source of the events. */
    public static final URI SOURCE = URI.create("urn:driftrec:training");

    public static final String REQUESTED = "io.driftrec.training.requested.v1";
    public static final String CANCEL_REQUESTED = "io.driftrec.training.cancel-requested.v1";
    public static final String STARTED = "io.driftrec.training.started.v1";
    public static final String RUNNING = "io.driftrec.training.running.v1";
    public static final String COMPLETED = "io.driftrec.training.completed.v1";
    public static final String CANCELLED = "io.driftrec.training.cancelled.v1";
    public static final String FAILED = "io.driftrec.training.failed.v1";

    private final TrainingCodec codec;

    /** @param codec writes the bodies */
    public TrainingEvents(TrainingCodec codec) {
        this.codec = codec;
    }

    /** The event that asks for a training, or for its end. */
    public OutgoingEvent command(TrainingCommand command, Instant requestedAt) {
        boolean isJob = command instanceof TrainingJob;
        return new EventEnvelope(
                        SOURCE,
                        command.jobId(),
                        isJob ? "job" : "cancel",
                        isJob ? REQUESTED : CANCEL_REQUESTED,
                        "training-job",
                        requestedAt)
                .around(codec.encode(command), Map.of());
    }

    /**
     * The event that tells what became of a job so far.
     *
     * @param incoming the headers of the job's record, whose trace context is carried on
     */
    public OutgoingEvent status(TrainingStatus status, Map<String, byte[]> incoming) {
        return new EventEnvelope(
                        SOURCE, status.jobId(), what(status), type(status), "training-progress", status.reportedAt())
                .around(codec.encode(status), incoming);
    }

    private static String what(TrainingStatus status) {
        if (status instanceof TrainingStatus.Started started) {
            return "started/" + started.step();
        }
        return status instanceof TrainingStatus.Running running ? "running/" + running.step() : "end";
    }

    private static String type(TrainingStatus status) {
        if (status instanceof TrainingStatus.Started) {
            return STARTED;
        } else if (status instanceof TrainingStatus.Running) {
            return RUNNING;
        } else if (status instanceof TrainingStatus.Completed) {
            return COMPLETED;
        }
        return status instanceof TrainingStatus.Cancelled ? CANCELLED : FAILED;
    }
}
