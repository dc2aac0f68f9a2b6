package io.driftrec.diffusion;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Samplers with a name that says what they are for, so that users need not know the kinds. The README has a table of their
 * measured quality. A request may name a preset where it could name a kind, and change single options of it.
 */
public enum SamplerPreset {
    /** Four evaluations: a preview, or for many images. */
    FAST(Multistep.KIND, SamplerOptions.NONE.withSteps(4).withLastTime(0.2)),
    /**
     * Eight evaluations of the reverse SDE, the fewest found that at quality 10 are not behind {@link #OFFICIAL} in perceptual
     * distance or in blocking: the default.
     */
    BALANCED(Multistep.KIND, SamplerOptions.NONE.withSteps(8).withStart(1, false)),
    /** Fifteen evaluations with a jump, the closest in perceptual distance. */
    FAITHFUL(Multistep.KIND, SamplerOptions.NONE.withSteps(15)),
    /** One evaluation: the smallest error in the mean square, and the smoothest picture. */
    DISTORTION(PosteriorMean.KIND, SamplerOptions.NONE),
    /** The paper's sampler: Euler-Maruyama with a hundred steps. */
    OFFICIAL(
            EulerMaruyama.KIND,
            SamplerOptions.NONE.withVariant(Variant.OFFICIAL).withSteps(Variant.OFFICIAL_STEPS));

    private final String kind;
    private final SamplerOptions options;

    SamplerPreset(String kind, SamplerOptions options) {
        this.kind = kind;
        this.options = options;
    }

    /** The name in requests and options. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of the sampler. */
    String kind() {
        return kind;
    }

    /** What is asked for, with the preset's value for what is absent. */
    SamplerOptions filled(SamplerOptions asked) {
        return asked.or(options);
    }

    static Optional<SamplerPreset> named(String label) {
        return Arrays.stream(values())
                .filter(preset -> preset.label().equals(label))
                .findFirst();
    }

    /** All names. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(SamplerPreset::label).toList();
    }
}
