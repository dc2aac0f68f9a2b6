package io.driftrec.message;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How to sample, as requested; what is absent is the worker's default.
 *
 * @param kind {@code euler-maruyama}, {@code euler-heun}, {@code ode}, {@code ddim}, {@code 2m} or {@code x0}
 * @param variant {@code official} or {@code consistent}
 * @param steps points of the time grid
 * @param tolerance relative and absolute tolerance of {@code ode}
 * @param eta stochasticity of {@code ddim} and {@code 2m}, 0 to 1
 * @param firstJump whether {@code 2m} and {@code ddim} begin with a jump to fresh noise
 * @param seed decides every random number; derived from the request id where absent
 * @param samples restorations to average
 */
public record SamplerSpec(
        Optional<String> kind,
        Optional<String> variant,
        OptionalInt steps,
        OptionalDouble tolerance,
        OptionalDouble eta,
        Optional<Boolean> firstJump,
        OptionalLong seed,
        OptionalInt samples) {}
