package io.driftrec.diffusion;

import java.util.Map;

/**
 * The Ornstein-Uhlenbeck process with exploding variance: constant drift, {@code F(t) = 1} (DriftRec, Table I).
 *
 * <pre>
 *   a(t)       = exp(-gamma t)
 *   sigma(t)^2 = sigmaMin^2 (R^(2t) - exp(-2 gamma t)),     R = sigmaMax / sigmaMin
 *   nu         = sqrt(2 (gamma + ln R))
 * </pre>
 *
 * <p>sigma(1) is {@code sqrt(sigmaMax^2 - sigmaMin^2 exp(-2 gamma))}, a hair below sigmaMax, as in the authors' code.
 */
public record Ouve(SdeParameters values) implements Sde {
    static final String NAME = "ouve";
    static final double GAMMA = 1;

    /** With the parameters of Table I. */
    public Ouve() {
        this(SdeParameters.of(GAMMA));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double signal(double t) {
        return Math.exp(-values.gamma() * t);
    }

    @Override
    public double std(double t) {
        // expm1 of the exponents' sum keeps the difference accurate where both terms are close to 1
        double growth = Math.expm1(2 * t * (values.logRatio() + values.gamma()));
        return values.sigmaMin() * signal(t) * Math.sqrt(growth);
    }

    @Override
    public double drift(double t) {
        return values.gamma();
    }

    @Override
    public double diffusion(double t) {
        return values.noiseScale(t) * Math.sqrt(2 * (values.gamma() + values.logRatio()));
    }

    @Override
    public Map<String, Double> parameters() {
        return values.asMap();
    }
}
