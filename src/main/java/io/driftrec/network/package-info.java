/**
 * The score network: NCSN++ emitted as a TorchScript program, its weights, its model card, and where models are found.
 *
 * <p>Read {@link io.driftrec.network.ScoreNetwork} first, then {@link io.driftrec.network.ModelRepository}, which finds and
 * loads models, {@link io.driftrec.network.NcsnppArchitecture} and {@link io.driftrec.network.NcsnppProgram}, which describe
 * and emit the network. {@link io.driftrec.network.TensorEngine} starts the engine and names the device; {@link
 * io.driftrec.network.DeviceNoise} makes noise on it; {@link io.driftrec.network.CheckpointImport} turns the reference
 * implementation's checkpoints into models. Networks of others that judge images are {@link
 * io.driftrec.network.RecognitionProgram} and {@link io.driftrec.network.LpipsProgram}, run as an {@link
 * io.driftrec.network.ImageNetwork}.
 *
 * <p>Imports only {@code diffusion}; the only package that starts the tensor engine and loads programs into it.
 *
 * <p>Why so: "The network is a TorchScript program written from Java" and others in {@code src/docs/RATIONALE.md}.
 */
@NullMarked
package io.driftrec.network;

import org.jspecify.annotations.NullMarked;
