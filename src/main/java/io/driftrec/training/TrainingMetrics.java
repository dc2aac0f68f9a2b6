package io.driftrec.training;

/**
 * What a trainer counts. Called by the job's thread.
 *
 * <p>At every moment {@code started = ended + left + running}, where running is 0 or 1.
 */
public interface TrainingMetrics {
    /** Counts nothing. */
    TrainingMetrics NONE = new TrainingMetrics() {};

    /** How a job ended for good. */
    enum Outcome {
        COMPLETED,
        CANCELLED
    }

    /** A job was begun, or gone on with. */
    default void started() {}

    /** A job ended well, or as asked. */
    default void ended(Outcome outcome) {}

    /** A job failed. */
    default void failed(TrainingFailure failure) {}

    /** A job was left to another trainer. */
    default void left() {}

    /** How far the job is. */
    default void progressed(TrainingListener.Progress progress) {}

    /** The job's checkpoint was written, or found at the start. */
    default void checkpointed() {}
}
