package io.driftrec.diffusion;

/**
 * One draw of one source, not made yet.
 *
 * @param number see {@link NoiseSource#normal}
 */
public record NoiseDraw(NoiseSource source, int number) {}
