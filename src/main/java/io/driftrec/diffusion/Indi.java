package io.driftrec.diffusion;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Inversion by direct iteration (Delbracio, Milanfar, "Inversion by Direct Iteration", 2023): the straight way from x0 to a
 * slightly noisy y.
 *
 * <pre>
 *   x_t = (1 - t) x0 + t y + t e(t) z,     e(t) = epsilon t^(-decay),     level(t) = t
 *   back: x_(t-d) = (d/t) x0_hat + (1 - d/t) x_t + (t - d) sqrt(e(t-d)^2 - e(t)^2) z
 * </pre>
 *
 * <p>With decay 0 the noise is the same all the way and its way back takes no more; with decay 1/2 it is Brownian motion, which
 * leaves {@code y + epsilon z} and loses its noise as it goes.
 *
 * @param epsilon standard deviation at t = 1, in units of the pixel range [0, 1]; above 0, at most 1
 * @param decay 0 to 1/2
 */
public record Indi(double epsilon, double decay) implements Bridge {
    static final String NAME = "indi";
    private static final ParameterNames PARAMETERS = new ParameterNames(NAME, Set.of("epsilon", "decay"));
    private static final double EPSILON = 0.01;

    public Indi {
        if (!(epsilon > 0 && epsilon <= 1)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + ": must be above 0, at most 1");
        }
        if (!(decay >= 0 && decay <= 0.5)) {
            throw new IllegalArgumentException("decay is " + decay + ": must be 0 to 0.5");
        }
    }

    /** The authors' constant noise of 0.01. */
    public Indi() {
        this(EPSILON, 0);
    }

    static Indi of(Map<String, Double> parameters) {
        PARAMETERS.check(parameters);
        return new Indi(parameters.getOrDefault("epsilon", EPSILON), parameters.getOrDefault("decay", 0.0));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double signal(double t) {
        return 1 - t;
    }

    @Override
    public double std(double t) {
        return epsilon * Math.pow(t, 1 - decay);
    }

    @Override
    public double level(double t) {
        return t;
    }

    @Override
    public double posteriorStd(double s, double t) {
        // t sqrt(e(t)^2 - e(s)^2), in a form that is defined at t = 0
        return std(t) * Math.sqrt(1 - Math.pow(t / s, 2 * decay));
    }

    @Override
    public Map<String, Double> parameters() {
        return Collections.unmodifiableSortedMap(
                new TreeMap<>(Map.of("epsilon", epsilon, "decay", decay))); // one order in every process
    }
}
