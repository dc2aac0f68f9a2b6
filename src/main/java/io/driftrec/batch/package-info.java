/**
 * In-flight batching: the lane that alone owns the device, the tiles of large images, and admission by cost.
 *
 * <p>Read {@link io.driftrec.batch.Lane} (the thread and its life), then {@code BatchScheduler} (what it does at each step, with
 * no thread of its own), {@code TileAxis} (why tiles leave no seam), and {@link io.driftrec.batch.Admission} (how much may come
 * in). Imports only {@code diffusion} and {@code network}.
 *
 * <p>Why so: "One thread owns the device" and others in {@code src/docs/RATIONALE.md}.
 */
@NullMarked
package io.driftrec.batch;

import org.jspecify.annotations.NullMarked;
