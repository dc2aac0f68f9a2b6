package io.driftrec.diffusion;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the processes are made of.
 *
 * @param gamma stiffness: how fast the mean drifts to y; above 0
 * @param sigmaMin scale of the noise at t = 0; above 0
 * @param sigmaMax standard deviation at t = 1; above sigmaMin
 */
public record SdeParameters(double gamma, double sigmaMin, double sigmaMax) {
    private static final Set<String> NAMES = Set.of("gamma", "sigmaMin", "sigmaMax");
    private static final double SIGMA_MIN = 0.01;
    private static final double SIGMA_MAX = 1;

    public SdeParameters {
        if (!(gamma > 0 && Double.isFinite(gamma))) {
            throw new IllegalArgumentException("gamma is " + gamma + ": must be above 0");
        }
        if (!(sigmaMin > 0)) {
            throw new IllegalArgumentException("sigmaMin is " + sigmaMin + ": must be above 0");
        }
        if (!(sigmaMax > sigmaMin && Double.isFinite(sigmaMax))) {
            throw new IllegalArgumentException("sigmaMax is " + sigmaMax + ": must be above sigmaMin, " + sigmaMin);
        }
    }

    /** The noise scales of the paper's Table I with the given gamma. */
    static SdeParameters of(double gamma) {
        return new SdeParameters(gamma, SIGMA_MIN, SIGMA_MAX);
    }

    static SdeParameters of(double defaultGamma, Map<String, Double> values) {
        for (String name : values.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown SDE parameter '" + name + "': must be gamma, sigmaMin or sigmaMax");
            }
        }
        return new SdeParameters(
                values.getOrDefault("gamma", defaultGamma),
                values.getOrDefault("sigmaMin", SIGMA_MIN),
                values.getOrDefault("sigmaMax", SIGMA_MAX));
    }

    Map<String, Double> asMap() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(
                Map.of("gamma", gamma, "sigmaMin", sigmaMin, "sigmaMax", sigmaMax))); // one order in every process
    }

    /** {@code ln(sigmaMax / sigmaMin)}. */
    double logRatio() {
        return Math.log(sigmaMax / sigmaMin);
    }

    /** {@code sigmaMin (sigmaMax / sigmaMin)^t}: the diffusion coefficient before its normalisation. */
    double noiseScale(double t) {
        return sigmaMin * Math.exp(t * logRatio());
    }
}
