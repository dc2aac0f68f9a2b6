package io.driftrec.diffusion;

/**
 * A forward process that drifts from a clean image x0 to a corrupted image y while Gaussian noise is added:
 *
 * <pre>  dx = gamma F(t) (y - x) dt + g(t) dw,     x_t = a(t) x0 + (1 - a(t)) y + sigma(t) z,     t in [0, 1]</pre>
 *
 * <p>Pure double arithmetic on scalars; no arrays. Instances are immutable and safe for use by several threads.
 */
public interface Sde {
    /** The registry name: {@code ouve}, {@code tsdve} or {@code cosve}. */
    String name();

    /** {@code a(t)}: the weight of the clean image in the mean; {@code 1 - a(t)} is the weight of y. */
    double signal(double t);

    /** {@code sigma(t)}: the standard deviation of x_t given x0 and y, in units of the pixel range [0, 1]. */
    double std(double t);

    /** {@code gamma F(t)}: the factor of (y - x) in the drift. */
    double drift(double t);

    /** {@code g(t)}: the diffusion coefficient. */
    double diffusion(double t);
}
