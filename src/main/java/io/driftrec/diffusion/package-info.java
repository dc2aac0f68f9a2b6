/**
 * The mathematics of DriftRec: the stochastic differential equations, the time grids, and the samplers as state machines.
 *
 * <p>Knows no network, no clock and no thread. Read {@link io.driftrec.diffusion.Sde}, then {@link
 * io.driftrec.diffusion.Trajectory}. Imports no other package of driftrec.
 */
@NullMarked
package io.driftrec.diffusion;

import org.jspecify.annotations.NullMarked;
