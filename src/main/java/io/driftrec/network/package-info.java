/**
 * The score network: NCSN++ emitted as a TorchScript program, its weights, its model card, and where models are found.
 *
 * <p>Read {@link io.driftrec.network.ScoreNetwork} first. Imports only {@code diffusion}; the only package that starts the
 * tensor engine and loads programs into it.
 */
@NullMarked
package io.driftrec.network;

import org.jspecify.annotations.NullMarked;
