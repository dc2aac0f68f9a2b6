package io.driftrec.message;

/**
 * Ends a training job that was sent before, whether it has begun or not; its last checkpoint stays. Means nothing once the job has
 * ended.
 *
 * @param jobId of the job
 */
public record TrainingCancel(String jobId) implements TrainingCommand {
    public TrainingCancel {
        Constraints.name("jobId", jobId);
    }
}
