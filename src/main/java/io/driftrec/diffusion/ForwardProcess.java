package io.driftrec.diffusion;

import java.util.Map;

/**
 * A way from a clean image x0 to a corrupted image y, Gaussian at every time t in [0, 1] given both:
 *
 * <pre>  x_t = b(t) x0 + (1 - b(t)) y + c(t) z</pre>
 *
 * <p>Either an {@link Sde}, which drifts to y while noise grows, or a {@link Bridge}, which ends in y. They differ in what a
 * network can be asked at time t. It is always the score of a Gaussian kernel about the clean image,
 *
 * <pre>
 *   score  = the gradient in x of ln E[N(x; alpha(t) x0 + (1 - alpha(t)) y, level(t)^2)]
 *   x0_hat = (x - (1 - alpha(t)) y + level(t)^2 score) / alpha(t)     (Tweedie's formula)
 * </pre>
 *
 * <p>For an SDE the kernel is its own, {@code alpha = b} and {@code level = c}. A bridge's own kernel shrinks to a point at y, so
 * the kernel is that of the motion which leaves x0 without knowing of y: {@code alpha = 1}, and level grows from 0 (Liu et al.,
 * "I2SB: Image-to-Image Schroedinger Bridge", 2023, equations 7 to 12).
 *
 * <p>Pure double arithmetic on scalars; no arrays. Instances are immutable and safe for use by several threads.
 */
public sealed interface ForwardProcess permits Sde, Bridge {
    /** The name in model cards and results, such as {@code ouve} or {@code i2sb}. */
    String name();

    /** {@code b(t)}: the weight of the clean image in the mean, 1 at t = 0; {@code 1 - b(t)} is the weight of y. */
    double signal(double t);

    /** {@code c(t)}: the standard deviation of x_t given x0 and y, in units of the pixel range [0, 1]. */
    double std(double t);

    /** {@code alpha(t)}: the weight of the clean image in the kernel whose score the network estimates, in (0, 1]. */
    double scoreSignal(double t);

    /**
     * {@code level(t)}: the standard deviation of that kernel, by which the network is also told the time; grows with t from 0, and
     * is above 0 for t in (0, 1].
     */
    double level(double t);

    /**
     * The standard deviation of x_t given x_s and x0, t below s: how much fresh noise the process' own way back takes. With it, a
     * step is ancestral sampling.
     *
     * @param s in (0, 1]
     * @param t in [0, s)
     */
    double posteriorStd(double s, double t);

    /** {@code lambda(t) = ln(b(t) / c(t))}: half the logarithm of the signal-to-noise ratio of x - y; falls with t. */
    default double logSnr(double t) {
        return Math.log(signal(t) / std(t));
    }

    /** What tells this process from others of its name, as {@link #named} takes it. */
    Map<String, Double> parameters();

    /**
     * The process of a name with given parameters.
     *
     * @param name that of an {@link Sde}, or {@code i2sb} or {@code indi}
     * @param parameters what is absent has its default
     * @throws IllegalArgumentException for an unknown name or parameter, or a value out of range
     */
    static ForwardProcess named(String name, Map<String, Double> parameters) {
        return switch (name) {
            case I2sb.NAME -> I2sb.of(parameters);
            case Indi.NAME -> Indi.of(parameters);
            case Ouve.NAME, Tsdve.NAME, Tsdve.OTHER_NAME, Cosve.NAME -> Sde.named(name, parameters);
            default ->
                throw new IllegalArgumentException(
                        "unknown process '" + name + "': must be ouve, tsdve, cosve, i2sb or indi");
        };
    }
}
