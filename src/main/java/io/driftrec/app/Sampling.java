package io.driftrec.app;

import io.driftrec.message.EffectiveSampler;

/** A sampler in words. */
final class Sampling {
    private Sampling() {}

    /** Such as {@code 2m, 10 steps}. */
    static String describe(EffectiveSampler sampler) {
        StringBuilder text = new StringBuilder(sampler.kind());
        sampler.variant().ifPresent(variant -> text.append(' ').append(variant));
        sampler.steps().ifPresent(steps -> text.append(", ").append(steps).append(" steps"));
        sampler.tolerance().ifPresent(tolerance -> text.append(", tolerance ").append(tolerance));
        sampler.eta().ifPresent(eta -> text.append(eta == 0 ? "" : ", eta " + eta));
        if (sampler.samples() > 1) {
            text.append(", mean of ").append(sampler.samples());
        }
        return text.toString();
    }
}
