package io.driftrec.diffusion;

import java.util.Map;

/**
 * A forward process that drifts from a clean image x0 to a corrupted image y while Gaussian noise is added (Welker, Chapman,
 * Gerkmann, "DriftRec: Adapting diffusion models to blind JPEG restoration"):
 *
 * <pre>  dx = gamma F(t) (y - x) dt + g(t) dw,     x_t = a(t) x0 + (1 - a(t)) y + sigma(t) z,     t in [0, 1]</pre>
 *
 * <p>All three processes share {@code g(t) = nu sigmaMin (sigmaMax / sigmaMin)^t}, where nu makes the standard deviation end at
 * sigmaMax. (Eq. 3 prints the exponent 2t, which belongs to g^2; with it the published variances would not solve the variance
 * equation {@code dV/dt = -2 gamma F V + g^2}. The authors' code has the exponent t, as here.)
 *
 * <p>In the terms of {@link ForwardProcess}, b is a and c is sigma.
 */
public sealed interface Sde extends ForwardProcess permits Ouve, Tsdve, Cosve {
    /** The registry name: {@code ouve}, {@code tsdve} or {@code cosve}. */
    @Override
    String name();

    /** {@code a(t)}: the weight of the clean image in the mean; {@code 1 - a(t)} is the weight of y. */
    @Override
    double signal(double t);

    /** {@code sigma(t)}: the standard deviation of x_t given x0 and y, in units of the pixel range [0, 1]. */
    @Override
    double std(double t);

    /** The process' own kernel is the one whose score the network estimates. */
    @Override
    default double scoreSignal(double t) {
        return signal(t);
    }

    /** {@code sigma(t)}. */
    @Override
    default double level(double t) {
        return std(t);
    }

    /** {@code sigma_t sqrt(1 - exp(-2 h))}, {@code h = lambda_t - lambda_s}. */
    @Override
    default double posteriorStd(double s, double t) {
        double h = logSnr(t) - logSnr(s);
        return std(t) * Math.sqrt(-Math.expm1(-2 * h));
    }

    /** {@code gamma F(t)}: the factor of (y - x) in the drift. */
    double drift(double t);

    /** {@code g(t)}: the diffusion coefficient. */
    double diffusion(double t);

    /** What tells this process from others of its name: {@code gamma}, {@code sigmaMin}, {@code sigmaMax}, as {@link #named} takes them. */
    @Override
    Map<String, Double> parameters();

    /**
     * A process that a sampler of SDEs is to solve, as what it must be.
     *
     * @throws IllegalArgumentException when it is no SDE
     */
    static Sde of(ForwardProcess process, Sampler sampler) {
        SamplerCatalogue.requireFit(sampler, process);
        return (Sde) process;
    }

    /**
     * The process of a name with given parameters.
     *
     * @param name {@code ouve}, {@code tsdve} (also {@code t2ve}, as the authors' code calls it) or {@code cosve}
     * @param parameters any of {@code gamma}, {@code sigmaMin}, {@code sigmaMax}; what is absent has its value of the paper's Table I
     * @throws IllegalArgumentException for an unknown name or parameter, or a value out of range
     */
    static Sde named(String name, Map<String, Double> parameters) {
        return switch (name) {
            case Ouve.NAME -> new Ouve(SdeParameters.of(Ouve.GAMMA, parameters));
            case Tsdve.NAME, Tsdve.OTHER_NAME -> new Tsdve(SdeParameters.of(Tsdve.GAMMA, parameters));
            case Cosve.NAME -> new Cosve(SdeParameters.of(Cosve.GAMMA, parameters));
            default -> throw new IllegalArgumentException("unknown SDE '" + name + "': must be ouve, tsdve or cosve");
        };
    }
}
