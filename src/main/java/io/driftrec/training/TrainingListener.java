package io.driftrec.training;

import java.time.Duration;
import java.util.OptionalDouble;

/** Hears how a training goes. Called by the training's thread, which waits. */
public interface TrainingListener {
    /**
     * How far a training has come.
     *
     * @param step steps taken
     * @param samples samples seen
     * @param share of the budget used up, in 0..1
     * @param loss mean of the last hundred steps
     * @param validationLoss the last one, of the averaged parameters; empty where that was no finite number
     * @param bestValidationLoss the smallest so far
     * @param learningRate of the last step
     * @param samplesPerSecond since this process began, validation left out
     * @param waitingShare share of that time in which the device waited for data
     * @param skippedImages images that could not be used
     * @param trained time of training in all
     * @param left estimated time to the end of the budget
     */
    record Progress(
            long step,
            long samples,
            double share,
            double loss,
            OptionalDouble validationLoss,
            OptionalDouble bestValidationLoss,
            double learningRate,
            double samplesPerSecond,
            double waitingShare,
            int skippedImages,
            Duration trained,
            Duration left) {}

    /** After every interval of progress reports, and at the end. */
    void progressed(Progress progress);

    /** After a checkpoint was written. */
    default void checkpointed(long step) {}

    /** After the training data was found and divided, before the first step; {@code step} is where training goes on from. */
    default void started(DataSplit split, long step) {}
}
