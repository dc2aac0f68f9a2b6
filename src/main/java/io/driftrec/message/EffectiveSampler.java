package io.driftrec.message;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How an image was sampled in fact, defaults filled in; absent is what the sampler has no use for.
 *
 * @param kind as in {@link SamplerSpec}
 * @param variant {@code official} or {@code consistent}, of samplers that have both
 * @param steps points of the time grid, of samplers with a fixed grid
 * @param tolerance relative and absolute tolerance, of {@code ode}
 * @param eta stochasticity, of {@code ddim} and {@code 2m}
 * @param firstJump whether it began with a jump to fresh noise, of {@code ddim} and {@code 2m}
 * @param lastTime time of the last evaluation, of {@code ddim} and {@code 2m}
 * @param seed the request with this seed repeats the result
 * @param samples restorations that were averaged
 */
public record EffectiveSampler(
        String kind,
        Optional<String> variant,
        OptionalInt steps,
        OptionalDouble tolerance,
        OptionalDouble eta,
        Optional<Boolean> firstJump,
        OptionalDouble lastTime,
        long seed,
        int samples) {
    public EffectiveSampler {
        Constraints.name("sampler.kind", kind);
        variant.ifPresent(value -> Constraints.oneOf("sampler.variant", value, SamplerSpec.VARIANTS));
        steps.ifPresent(value -> Constraints.range("sampler.steps", value, 1, 1000));
        tolerance.ifPresent(value -> Constraints.range("sampler.tolerance", value, 1e-8, 1.0));
        eta.ifPresent(value -> Constraints.range("sampler.eta", value, 0.0, 1.0));
        lastTime.ifPresent(value ->
                Constraints.range("sampler.lastTime", value, SamplerSpec.MIN_LAST_TIME, SamplerSpec.MAX_LAST_TIME));
        Constraints.range("sampler.samples", samples, 1, 64);
    }
}
