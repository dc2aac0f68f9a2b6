package io.driftrec.diffusion;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The image-to-image Schroedinger bridge (Liu et al., "I2SB", 2023): a Brownian bridge between x0 and y whose noise rate rises
 * to the middle and falls again. With {@code f(t)^2} the variance that has come in until t and S that of the whole way:
 *
 * <pre>
 *   b(t) = 1 - f(t)^2 / S,     c(t)^2 = noise^2 f(t)^2 (S - f(t)^2) / S,     level(t) = f(t)
 *   f^2  = (1/2)^2 (beta_0 + ... + beta_(n-1)),   n = 1000 t,   beta_i = (p + (q - p) i / 999)^2 up to the middle, mirrored beyond
 *   p    = sqrt(1e-4),   q = sqrt(betaMax / 1000)
 * </pre>
 *
 * <p>The sums have a closed form, a cubic in n, which also serves between whole n. The factor 1/2 is ours: the authors' images
 * are in [-1, 1], ours in [0, 1]. The authors' code adds beta_n to the mixing weights of step n once more; here the bridge ends
 * in y exactly, where it starts when sampled.
 *
 * @param betaMax the authors' noise rate, 0.3 for JPEG: at least 0.1 (where all rates are equal), at most 1000
 * @param noise 1 for the bridge, 0 for its mean alone, which trains the authors' OT-ODE; 0 to 1
 */
public record I2sb(double betaMax, double noise) implements Bridge {
    static final String NAME = "i2sb";
    private static final ParameterNames PARAMETERS = new ParameterNames(NAME, Set.of("betaMax", "noise"));
    private static final double BETA_MAX = 0.3;
    private static final double NOISE = 1;
    private static final int STEPS = 1000;

    /** From the authors' range of pixels, [-1, 1], to ours. */
    private static final double PIXEL_SCALE = 0.5;

    public I2sb {
        if (!(betaMax >= 0.1 && betaMax <= 1000)) {
            throw new IllegalArgumentException("betaMax is " + betaMax + ": must be 0.1 to 1000");
        }
        if (!(noise >= 0 && noise <= 1)) {
            throw new IllegalArgumentException("noise is " + noise + ": must be 0 to 1");
        }
    }

    /** As the authors train for JPEG. */
    public I2sb() {
        this(BETA_MAX, NOISE);
    }

    static I2sb of(Map<String, Double> parameters) {
        PARAMETERS.check(parameters);
        return new I2sb(parameters.getOrDefault("betaMax", BETA_MAX), parameters.getOrDefault("noise", NOISE));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double signal(double t) {
        return 1 - variance(t) / variance(1);
    }

    @Override
    public double std(double t) {
        return noise * Math.sqrt(variance(t) * signal(t));
    }

    @Override
    public double level(double t) {
        return Math.sqrt(variance(t));
    }

    @Override
    public double posteriorStd(double s, double t) {
        double late = variance(s);
        double early = variance(t);
        return noise * Math.sqrt(early * (late - early) / late);
    }

    @Override
    public Map<String, Double> parameters() {
        return Collections.unmodifiableSortedMap(
                new TreeMap<>(Map.of("betaMax", betaMax, "noise", noise))); // one order in every process
    }

    /** {@code f(t)^2}. */
    private double variance(double t) {
        double half = rising(STEPS / 2.0);
        return t <= 0.5 ? rising(STEPS * t) : 2 * half - rising(STEPS * (1 - t));
    }

    /** The sum of {@code (p + d i)^2} over i from 0 to n - 1. */
    private double rising(double n) {
        double p = PIXEL_SCALE * Math.sqrt(1e-4);
        double q = PIXEL_SCALE * Math.sqrt(betaMax / STEPS);
        double d = (q - p) / (STEPS - 1);
        return n * p * p + p * d * n * (n - 1) + d * d * (n - 1) * n * (2 * n - 1) / 6;
    }
}
