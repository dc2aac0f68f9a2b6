/**
 * The mathematics of DriftRec and of the bridges that it is compared with: the forward processes, the time grids, and the samplers
 * as state machines.
 *
 * <p>Knows no network, no clock and no thread. Imports no other package of driftrec. Read in this order:
 *
 * <ol>
 *   <li>{@link io.driftrec.diffusion.ForwardProcess}: what all processes have in common, scalars in double precision; {@link
 *       io.driftrec.diffusion.Sde}: those of the paper; {@link io.driftrec.diffusion.Bridge}: I2SB and InDI;
 *   <li>{@link io.driftrec.diffusion.Trajectory}: the contract between a sampler and whoever evaluates the score;
 *   <li>{@link io.driftrec.diffusion.EulerMaruyama} and its trajectory: the simplest sampler, one update rule. A sampler is a
 *       record of settings whose Javadoc states the rule, and a trajectory that carries it out;
 *   <li>{@link io.driftrec.diffusion.Multistep}: few evaluations; {@link io.driftrec.diffusion.ProbabilityFlowOde}: adaptive; {@link
 *       io.driftrec.diffusion.Posterior}: one step for every process;
 *   <li>{@link io.driftrec.diffusion.SamplerCatalogue}: the names and defaults that requests see;
 *   <li>{@link io.driftrec.diffusion.PhiloxNoise}: which random number belongs to which pixel of which step.
 * </ol>
 *
 * <p>Symbols, as in the paper: x0 the clean image, y the corrupted one, x the state, t the time, a the signal, sigma the
 * standard deviation, gamma F the drift, g the diffusion coefficient, z standard normal noise, x0_hat the estimate of x0.
 *
 * <p>Why so: "Noise by number, not by turn" and others in {@code src/docs/RATIONALE.md}.
 */
@NullMarked
package io.driftrec.diffusion;

import org.jspecify.annotations.NullMarked;
