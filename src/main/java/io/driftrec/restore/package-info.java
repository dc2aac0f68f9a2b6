/**
 * The way of one image from its reference to its result.
 *
 * <p>Read {@code RestorationService} first. Imports {@code message}, {@code diffusion}, {@code image}, {@code storage}, {@code
 * batch} and {@code network}.
 */
@NullMarked
package io.driftrec.restore;

import org.jspecify.annotations.NullMarked;
