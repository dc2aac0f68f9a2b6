package io.driftrec.message;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How to sample, as requested; what is absent is the worker's default.
 *
 * <p>The kind is a name and not a closed set: which kinds there are is the worker's knowledge, and a kind that it lacks fails as
 * {@link FailureCode#UNSUPPORTED_SAMPLER}.
 *
 * @param kind {@code euler-maruyama}, {@code euler-heun}, {@code ode}, {@code ddim}, {@code 2m}, {@code posterior}, {@code
 *     ot-ode} or {@code x0}
 * @param variant {@code official} or {@code consistent}
 * @param steps points of the time grid, 1 to 1000
 * @param tolerance relative and absolute tolerance of {@code ode}, 1e-6 to 1
 * @param eta stochasticity of {@code ddim} and {@code 2m}, 0 to 1
 * @param firstJump whether {@code 2m} and {@code ddim} begin with a jump to fresh noise
 * @param lastTime time of the last evaluation of {@code 2m} and {@code ddim}, 0.01 to 0.7
 * @param seed decides every random number; derived from the request id where absent
 * @param samples restorations to average, 1 to 64
 */
public record SamplerSpec(
        Optional<String> kind,
        Optional<String> variant,
        OptionalInt steps,
        OptionalDouble tolerance,
        OptionalDouble eta,
        Optional<Boolean> firstJump,
        OptionalDouble lastTime,
        OptionalLong seed,
        OptionalInt samples) {
    /** The variants that can be asked for. */
    public static final List<String> VARIANTS = List.of("official", "consistent");

    /** The earliest and the latest last time: what networks are trained for begins at the first. */
    static final double MIN_LAST_TIME = 0.01;

    static final double MAX_LAST_TIME = 0.7;

    /** Everything as the worker has it by default. */
    public static final SamplerSpec DEFAULT = new SamplerSpec(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalInt.empty());

    public SamplerSpec {
        kind.ifPresent(value -> Constraints.name("sampler.kind", value));
        variant.ifPresent(value -> Constraints.oneOf("sampler.variant", value, VARIANTS));
        steps.ifPresent(value -> Constraints.range("sampler.steps", value, 1, 1000));
        tolerance.ifPresent(value -> Constraints.range("sampler.tolerance", value, 1e-6, 1.0));
        eta.ifPresent(value -> Constraints.range("sampler.eta", value, 0.0, 1.0));
        lastTime.ifPresent(value -> Constraints.range("sampler.lastTime", value, MIN_LAST_TIME, MAX_LAST_TIME));
        samples.ifPresent(value -> Constraints.range("sampler.samples", value, 1, 64));
    }
}
