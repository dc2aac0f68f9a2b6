package io.driftrec.diffusion;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a request may say about its sampler; {@link SamplerCatalogue} decides what is absent and judges what is present.
 *
 * @param variant {@code official} or {@code consistent}
 * @param steps times of the grid, 1 to 1000
 * @param tolerance relative and absolute, 1e-6 to 1
 * @param eta stochasticity, 0 to 1
 * @param firstJump whether to begin with a jump to fresh noise
 * @param lastTime of the evaluation that gives the image
 */
public record SamplerOptions(
        Optional<String> variant,
        OptionalInt steps,
        OptionalDouble tolerance,
        OptionalDouble eta,
        Optional<Boolean> firstJump,
        OptionalDouble lastTime) {

    /** Nothing said. */
    public static final SamplerOptions NONE = new SamplerOptions(
            Optional.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalDouble.empty());

    SamplerOptions withVariant(Variant chosen) {
        return new SamplerOptions(Optional.of(chosen.label()), steps, tolerance, eta, firstJump, lastTime);
    }

    SamplerOptions withSteps(int points) {
        return new SamplerOptions(variant, OptionalInt.of(points), tolerance, eta, firstJump, lastTime);
    }

    SamplerOptions withTolerance(double error) {
        return new SamplerOptions(variant, steps, OptionalDouble.of(error), eta, firstJump, lastTime);
    }

    SamplerOptions withStart(double stochasticity, boolean jump) {
        return new SamplerOptions(
                variant, steps, tolerance, OptionalDouble.of(stochasticity), Optional.of(jump), lastTime);
    }

    SamplerOptions withLastTime(double time) {
        return new SamplerOptions(variant, steps, tolerance, eta, firstJump, OptionalDouble.of(time));
    }

    /** These, and those of the others that are absent here. */
    SamplerOptions or(SamplerOptions others) {
        return new SamplerOptions(
                variant.or(others::variant),
                steps.isPresent() ? steps : others.steps(),
                tolerance.isPresent() ? tolerance : others.tolerance(),
                eta.isPresent() ? eta : others.eta(),
                firstJump.or(others::firstJump),
                lastTime.isPresent() ? lastTime : others.lastTime());
    }

    /** The names of the options that are present. */
    Set<String> present() {
        Set<String> names = new TreeSet<>();
        variant.ifPresent(value -> names.add("variant"));
        steps.ifPresent(value -> names.add("steps"));
        tolerance.ifPresent(value -> names.add("tolerance"));
        eta.ifPresent(value -> names.add("eta"));
        firstJump.ifPresent(value -> names.add("firstJump"));
        lastTime.ifPresent(value -> names.add("lastTime"));
        return names;
    }
}
