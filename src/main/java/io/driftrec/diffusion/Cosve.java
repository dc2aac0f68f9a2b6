package io.driftrec.diffusion;

import java.util.Map;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The process with cosine drift and exploding variance: {@code F(t) = 1 - cos(pi t)} (DriftRec, Table I).
 *
 * <pre>
 *   a(t)       = exp(-gamma (t - sin(pi t) / pi))
 *   sigma(t)^2 = nu^2 a(t)^2 I(t),     I(t) = integral from 0 to t of (sigmaMin R^k / a(k))^2 dk,     R = sigmaMax / sigmaMin
 *   nu         = sigmaMax / (a(1) sqrt(I(1)))
 * </pre>
 *
 * <p>The integral has no closed form. Its integrand is entire, so that 32 Gauss-Legendre nodes give it to about 1e-14; the
 * authors interpolate a table of 1000 values by a cubic spline and round to single precision, which agrees to 1e-7.
 */
public record Cosve(SdeParameters values) implements Sde {
    static final String NAME = "cosve";
    static final double GAMMA = 1;

    /** On [-1, 1]; nodes and weights, never changed after construction. */
    private static final GaussIntegrator QUADRATURE = new GaussIntegratorFactory().legendre(32);

    /** With the parameters of Table I. */
    public Cosve() {
        this(SdeParameters.of(GAMMA));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double signal(double t) {
        return Math.exp(-values.gamma() * (t - Math.sin(Math.PI * t) / Math.PI));
    }

    @Override
    public double std(double t) {
        return nu() * signal(t) * Math.sqrt(integral(t));
    }

    @Override
    public double drift(double t) {
        return values.gamma() * (1 - Math.cos(Math.PI * t));
    }

    @Override
    public double diffusion(double t) {
        return nu() * values.noiseScale(t);
    }

    @Override
    public Map<String, Double> parameters() {
        return values.asMap();
    }

    private double nu() {
        return values.sigmaMax() / (signal(1) * Math.sqrt(integral(1)));
    }

    private double integral(double t) {
        double half = t / 2;
        return half
                * QUADRATURE.integrate(node -> {
                    double k = half * (1 + node);
                    double ratio = values.noiseScale(k) / signal(k);
                    return ratio * ratio;
                });
    }
}
