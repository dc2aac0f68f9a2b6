package io.driftrec.diffusion;

import java.util.Map;

/**
 * The process with t-scaled drift and exploding variance: {@code F(t) = t} (DriftRec, Table I).
 *
 * <pre>
 *   a(t)       = exp(-gamma t^2 / 2)
 *   sigma(t)^2 = exp(gamma - gamma t^2) sigmaMax^2 sigmaMin^2 [D1 - exp(t (gamma t + 2 L)) D((gamma t + L) / sqrt(gamma))] / q
 *   nu         = sqrt(-exp(gamma) sigmaMax^2 sqrt(gamma) / q)
 *   q          = sigmaMin^2 D1 - exp(gamma) sigmaMax^2 D((gamma + L) / sqrt(gamma))
 *   D1         = D(L / sqrt(gamma)),     L = ln(sigmaMax / sigmaMin),     D: Dawson's function
 * </pre>
 */
public record Tsdve(SdeParameters values) implements Sde {
    static final String NAME = "tsdve";
    static final String OTHER_NAME = "t2ve";
    static final double GAMMA = 2;

    /** With the parameters of Table I. */
    public Tsdve() {
        this(SdeParameters.of(GAMMA));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double signal(double t) {
        return Math.exp(-values.gamma() * t * t / 2);
    }

    @Override
    public double std(double t) {
        double gamma = values.gamma();
        double growth = dawson(0) - Math.exp(t * (gamma * t + 2 * values.logRatio())) * dawson(t);
        double scale = Math.exp(gamma - gamma * t * t) * square(values.sigmaMax() * values.sigmaMin());
        return Math.sqrt(Math.max(0, scale * growth / normalisation()));
    }

    @Override
    public double drift(double t) {
        return values.gamma() * t;
    }

    @Override
    public double diffusion(double t) {
        double gamma = values.gamma();
        double nu = Math.sqrt(-Math.exp(gamma) * square(values.sigmaMax()) * Math.sqrt(gamma) / normalisation());
        return values.noiseScale(t) * nu;
    }

    @Override
    public Map<String, Double> parameters() {
        return values.asMap();
    }

    /** q; below 0. */
    private double normalisation() {
        return square(values.sigmaMin()) * dawson(0) - Math.exp(values.gamma()) * square(values.sigmaMax()) * dawson(1);
    }

    private double dawson(double t) {
        return DawsonFunction.of((values.gamma() * t + values.logRatio()) / Math.sqrt(values.gamma()));
    }

    private static double square(double x) {
        return x * x;
    }
}
