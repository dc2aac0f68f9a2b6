/**
 * Training: photographs are cut into patches, corrupted and noised on background threads; a network on every device gives the
 * gradient of the objective; AdamW follows it; an exponential moving average of the parameters is validated and kept.
 *
 * <p>Read {@link io.driftrec.training.TrainingRun} first: the life of one training. Then {@link
 * io.driftrec.training.Objective}, the paper's loss, and {@link io.driftrec.training.Patches}, where the samples come from.
 *
 * <p>{@link io.driftrec.training.TrainingJobs} does what a message asks for: {@link io.driftrec.training.TrainingPlans} says what it
 * means, {@link io.driftrec.training.JobFolder} keeps its state where another trainer finds it.
 *
 * <p>Everything random is a function of the plan's seed and of counters, so a training that was stopped goes on as if it had not
 * been. May import {@code message}, {@code diffusion}, {@code network}, {@code image} and {@code storage}.
 */
@NullMarked
package io.driftrec.training;

import org.jspecify.annotations.NullMarked;
