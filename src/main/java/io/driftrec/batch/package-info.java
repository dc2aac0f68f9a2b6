/**
 * In-flight batching: the lane that alone owns the device, the tiles of large images, and admission by cost.
 *
 * <p>Imports only {@code diffusion} and {@code network}.
 */
@NullMarked
package io.driftrec.batch;

import org.jspecify.annotations.NullMarked;
