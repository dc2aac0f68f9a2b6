package io.driftrec.training;

import io.driftrec.network.Safetensors;

/**
 * How a training ended.
 *
 * @param end {@link StopRequest#NONE} when the budget was used up
 * @param progress at the end
 * @param weights the averaged parameters with the smallest validation loss, under the network's names
 * @param bestStep when they were validated
 */
public record TrainingOutcome(
        StopRequest end,
        TrainingListener.Progress progress,
        Safetensors weights,
        long bestStep,
        LossCurve curve,
        DataSplit split) {}
