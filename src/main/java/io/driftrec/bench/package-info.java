/**
 * Measures how fast the device at hand is, and what in-flight batching makes of it.
 *
 * <p>Read {@link io.driftrec.bench.EvaluationTimer} (the network alone), {@link io.driftrec.bench.LaneShare} and {@link
 * io.driftrec.bench.LaneCost} (what the lane adds), and {@link io.driftrec.bench.OpenLoop} (latency under load, for three ways of
 * batching, on the device or in virtual time). Imports {@code diffusion}, {@code network} and {@code batch}.
 */
@NullMarked
package io.driftrec.bench;

import org.jspecify.annotations.NullMarked;
