package io.driftrec.app;

import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.Sampler;
import io.driftrec.diffusion.SamplerCatalogue;
import io.driftrec.diffusion.SamplerOptions;
import io.driftrec.message.SamplerSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * A sampler in one word, {@code KIND[:N][:OPTION=VALUE]...}, such as {@code 2m:10}, {@code ode:1e-3} or {@code
 * ddim:20:eta=0.5:first-jump=true}. N is the number of steps, of {@code ode} the tolerance. What the kinds are, and which options
 * each has, is {@link SamplerCatalogue}'s to say; a preset, such as {@code balanced}, may stand for the kind.
 *
 * @param id the word with N filled in
 * @param series the kind and the options in which it differs from it, without N: samplers that differ in N only lie on one curve
 * @param spec for requests, without seed and number of samples
 * @param effective all options with their defaults filled in, in words
 */
record SamplerChoice(String id, String series, SamplerSpec spec, String effective) {
    private static final String FORM = "must be KIND[:STEPS][:OPTION=VALUE], such as 2m:10 or ddim:20:eta=0.5";

    /**
     * Reads an option's value.
     *
     * @throws IllegalArgumentException naming the value and what would be right
     */
    static SamplerChoice parse(String text) {
        String[] words = text.strip().split(":", -1);
        Words read = new Words(text, words[0]);
        for (int i = 1; i < words.length; i++) {
            read.add(words[i], i == 1);
        }
        SamplerSpec spec = read.spec();
        Sampler sampler = sampler(spec);
        SamplerOptions options = SamplerCatalogue.options(sampler);
        boolean isPreset = !sampler.kind().equals(words[0]); // its name says all but what is asked for besides
        String id = isPreset ? text.strip() : words[0] + number(options) + read.others;
        String series = sampler.kind() + differences(sampler.kind(), options);
        return new SamplerChoice(id, series, spec, effective(sampler, options));
    }

    private static Sampler sampler(SamplerSpec spec) {
        SamplerOptions options = new SamplerOptions(
                spec.variant(), spec.steps(), spec.tolerance(), spec.eta(), spec.firstJump(), spec.lastTime());
        return SamplerCatalogue.sampler(spec.kind().orElseThrow(), options);
    }

    /** Whether it can solve a process. */
    boolean fits(ForwardProcess process) {
        return sampler(spec).fits(process);
    }

    /** What it says besides its kind and number, as one would write it after these: not what these have anyway. */
    private static String differences(String kind, SamplerOptions options) {
        SamplerOptions number = new SamplerOptions(
                Optional.empty(),
                options.steps(),
                options.tolerance(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty());
        Map<String, String> differing = others(options);
        differing
                .entrySet()
                .removeAll(others(SamplerCatalogue.options(SamplerCatalogue.sampler(kind, number)))
                        .entrySet());
        StringBuilder words = new StringBuilder();
        differing.forEach(
                (name, value) -> words.append(':').append(name).append('=').append(value));
        return words.toString();
    }

    /** All options but the number, by their names in words. */
    private static Map<String, String> others(SamplerOptions options) {
        Map<String, String> others = new LinkedHashMap<>();
        options.variant().ifPresent(variant -> others.put("variant", variant));
        options.eta().ifPresent(eta -> others.put("eta", Double.toString(eta)));
        options.firstJump().ifPresent(jump -> others.put("first-jump", jump.toString()));
        options.lastTime().ifPresent(time -> others.put("last-time", Double.toString(time)));
        return others;
    }

    /** The spec for one image. */
    SamplerSpec spec(long seed, int samples) {
        return new SamplerSpec(
                spec.kind(),
                spec.variant(),
                spec.steps(),
                spec.tolerance(),
                spec.eta(),
                spec.firstJump(),
                spec.lastTime(),
                OptionalLong.of(seed),
                OptionalInt.of(samples));
    }

    private static String number(SamplerOptions options) {
        if (options.steps().isPresent()) {
            return ":" + options.steps().getAsInt();
        }
        return options.tolerance().isPresent() ? ":" + options.tolerance().getAsDouble() : "";
    }

    private static String effective(Sampler sampler, SamplerOptions options) {
        StringJoiner words = new StringJoiner(" ").add(sampler.kind());
        options.steps().ifPresent(steps -> words.add("steps=" + steps));
        options.tolerance().ifPresent(tolerance -> words.add("tolerance=" + tolerance));
        others(options).forEach((name, value) -> words.add(name + "=" + value));
        return words.toString();
    }

    /** The words after the kind, as they are read. */
    private static final class Words {
        private final String text;
        private final String kind;
        private final StringBuilder others = new StringBuilder();
        private Optional<String> variant = Optional.empty();
        private OptionalInt steps = OptionalInt.empty();
        private OptionalDouble tolerance = OptionalDouble.empty();
        private OptionalDouble eta = OptionalDouble.empty();
        private Optional<Boolean> firstJump = Optional.empty();
        private OptionalDouble lastTime = OptionalDouble.empty();

        Words(String text, String kind) {
            this.text = text;
            this.kind = kind;
        }

        void add(String word, boolean mayBeNumber) {
            int equals = word.indexOf('=');
            try {
                if (equals < 0 && mayBeNumber) {
                    number(word);
                } else {
                    option(word.substring(0, Math.max(0, equals)), word.substring(equals + 1));
                    others.append(':').append(word);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "sampler '" + text + "': '" + word + "' is no number: it " + FORM, e);
            }
        }

        private void number(String word) {
            if (kind.equals("ode")) {
                tolerance = OptionalDouble.of(Double.parseDouble(word));
            } else {
                steps = OptionalInt.of(Integer.parseInt(word));
            }
        }

        private void option(String name, String value) {
            switch (name) {
                case "variant" -> variant = Optional.of(value);
                case "eta" -> eta = OptionalDouble.of(Double.parseDouble(value));
                case "first-jump" -> firstJump = Optional.of(flag(value));
                case "last-time" -> lastTime = OptionalDouble.of(Double.parseDouble(value));
                default ->
                    throw new IllegalArgumentException("sampler '" + text + "' has an option '" + name + "': it " + FORM
                            + ", with the options variant, eta, first-jump and last-time");
            }
        }

        private boolean flag(String value) {
            if (!value.equals("true") && !value.equals("false")) {
                throw new IllegalArgumentException("sampler '" + text + "': first-jump must be true or false");
            }
            return value.equals("true");
        }

        SamplerSpec spec() {
            return new SamplerSpec(
                    Optional.of(kind),
                    variant,
                    steps,
                    tolerance,
                    eta,
                    firstJump,
                    lastTime,
                    OptionalLong.empty(),
                    OptionalInt.empty());
        }
    }
}
