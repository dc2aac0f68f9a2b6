package io.driftrec.network;

import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.Sampler;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What there is to know about a model besides its weights: how to evaluate it, where it comes from, how good it is.
 *
 * @param name lower-case letters, digits, dots, dashes and underscores; the name of its directory and the one that requests use
 * @param description one or two sentences for people
 * @param architecture the network
 * @param output what the network's output means
 * @param process that it was trained for
 * @param tEps the smallest time t that it was trained for, in (0, 1)
 * @param noiseFreeStart whether it was also trained with y itself as the state at t = 1, so that samplers which want no more of
 *     their first evaluation than the clean estimate ({@link Sampler#forgetsStart}) get the posterior mean given y alone
 * @param training how it was trained, in free words by topic: data, corruption, optimiser, steps
 * @param quality what was measured
 * @param licence terms of the weights
 */
public record ModelCard(
        String name,
        String description,
        NcsnppArchitecture architecture,
        OutputParameterization output,
        ForwardProcess process,
        double tEps,
        boolean noiseFreeStart,
        Map<String, String> training,
        List<Measurement> quality,
        String licence) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /**
     * Measured quality.
     *
     * @param data which images, corrupted how
     * @param sampler how they were restored
     * @param metrics by name, such as {@code psnr}; the unit is part of the metric
     */
    public record Measurement(String data, String sampler, Map<String, Double> metrics) {
        public Measurement {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }
    }

    public ModelCard {
        checkName(name);
        if (!(tEps > 0 && tEps < 1)) {
            throw new IllegalArgumentException("tEps must be in (0, 1), not " + tEps);
        }
        if (licence.isBlank()) {
            throw new IllegalArgumentException("licence must not be blank");
        }
        output.checkFits(process, architecture);
        training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
        quality = List.copyOf(quality);
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * @throws IllegalArgumentException when a text cannot be the name of a model
     */
    public static void checkName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("model name must match %s, not \"%s\"".formatted(NAME, name));
        }
    }
}
