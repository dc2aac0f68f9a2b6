/**
 * The way of one image from its reference to its result.
 *
 * <p>Read {@code RestorationService} first: its method {@code complete} is that way, a line a hop, and each hop is a class
 * beside it ({@code RequestPlanner}, {@code Transfers}, {@code SourceImages}, {@code LaneClient}). Imports {@code message},
 * {@code diffusion}, {@code image}, {@code storage}, {@code batch} and {@code network}.
 *
 * <p>Why so: "One waiting thread per image" and others in {@code src/docs/RATIONALE.md}.
 */
@NullMarked
package io.driftrec.restore;

import org.jspecify.annotations.NullMarked;
