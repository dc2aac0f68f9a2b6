package io.driftrec.diffusion;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The samplers by the names and options that requests have, with the default of every option.
 *
 * <table>
 *   <caption>An option that is not listed for a kind must be absent</caption>
 *   <tr><th>Kind</th><th>Options and their defaults</th></tr>
 *   <tr><td>{@code euler-maruyama}, {@code euler-heun}</td>
 *       <td>steps 100; variant {@code official} at 100 steps, else {@code consistent}</td></tr>
 *   <tr><td>{@code ode}</td><td>tolerance 1e-3</td></tr>
 *   <tr><td>{@code ddim}</td><td>steps 20, eta 0, firstJump false, lastTime 0.03</td></tr>
 *   <tr><td>{@code 2m}</td><td>steps 10, eta 0, firstJump true from 5 steps on, lastTime 0.03</td></tr>
 *   <tr><td>{@code posterior}, {@code ot-ode}</td><td>steps 20</td></tr>
 *   <tr><td>{@code x0}</td><td>none</td></tr>
 * </table>
 *
 * <p>{@code x0} and {@code posterior} fit every process, {@code ot-ode} bridges, the others SDEs.
 */
public final class SamplerCatalogue {
    private static final int DDIM_STEPS = 20;
    private static final int POSTERIOR_STEPS = 20;
    private static final int MULTISTEP_STEPS = 10;
    private static final double TOLERANCE = 1e-3;

    /** From here on an evaluation spent on the jump pays, and times even in t do better than times even in lambda. */
    private static final int MANY_STEPS = 5;

    private SamplerCatalogue() {}

    /** All kinds. */
    public static List<String> kinds() {
        return List.of(
                EulerMaruyama.KIND,
                EulerHeun.KIND,
                ProbabilityFlowOde.KIND,
                Ddim.KIND,
                Multistep.KIND,
                Posterior.KIND,
                TransportOde.KIND,
                PosteriorMean.KIND);
    }

    /** The kinds that fit a process. */
    public static List<String> kinds(ForwardProcess process) {
        return kinds().stream()
                .filter(kind -> sampler(kind, SamplerOptions.NONE).fits(process))
                .toList();
    }

    /** The kind for those who name none: the preferred one where it fits the process, else ancestral sampling, which always does. */
    public static String standardKind(String preferred, ForwardProcess process) {
        return sampler(preferred, SamplerOptions.NONE).fits(process) ? preferred : Posterior.KIND;
    }

    /**
     * Checks that a sampler can solve a process.
     *
     * @throws IllegalArgumentException when it does not; the message names the kinds that do
     */
    public static void requireFit(Sampler sampler, ForwardProcess process) {
        if (!sampler.fits(process)) {
            throw new IllegalArgumentException("sampler " + sampler.kind() + " does not fit process " + process.name()
                    + ": must be one of " + String.join(", ", kinds(process)));
        }
    }

    /**
     * The sampler of a kind, or of a {@link SamplerPreset} whose options hold where others are not asked for.
     *
     * @throws IllegalArgumentException for an unknown kind, a value out of range, or an option that the kind does not have; the
     *     message names the value and what would be right
     */
    public static Sampler sampler(String kindOrPreset, SamplerOptions options) {
        return SamplerPreset.named(kindOrPreset)
                .map(preset -> ofKind(preset.kind(), preset.filled(options)))
                .orElseGet(() -> ofKind(kindOrPreset, options));
    }

    private static Sampler ofKind(String kind, SamplerOptions options) {
        return switch (kind) {
            case EulerMaruyama.KIND -> eulerMaruyama(options);
            case EulerHeun.KIND -> eulerHeun(options);
            case ProbabilityFlowOde.KIND -> ode(options);
            case Ddim.KIND -> ddim(options);
            case Multistep.KIND -> multistep(options);
            case Posterior.KIND -> new Posterior(posteriorSteps(kind, options));
            case TransportOde.KIND -> new TransportOde(posteriorSteps(kind, options));
            case PosteriorMean.KIND -> x0(options);
            default ->
                throw new IllegalArgumentException("unknown sampler '" + kind + "': must be one of "
                        + String.join(", ", kinds()) + ", or a preset: " + String.join(", ", SamplerPreset.labels()));
        };
    }

    /**
     * What {@link #sampler} was told, or had as default, to make this sampler.
     *
     * @throws IllegalArgumentException for a sampler of a kind that is not in the catalogue
     */
    public static SamplerOptions options(Sampler sampler) {
        if (sampler instanceof EulerMaruyama it) {
            return SamplerOptions.NONE.withVariant(it.variant()).withSteps(it.steps());
        }
        if (sampler instanceof EulerHeun it) {
            return SamplerOptions.NONE.withVariant(it.variant()).withSteps(it.steps());
        }
        if (sampler instanceof ProbabilityFlowOde it) {
            return SamplerOptions.NONE.withTolerance(it.tolerance());
        }
        if (sampler instanceof Ddim it) {
            return SamplerOptions.NONE
                    .withSteps(it.steps())
                    .withStart(it.eta(), it.firstJump())
                    .withLastTime(it.lastTime());
        }
        if (sampler instanceof Multistep it) {
            return SamplerOptions.NONE
                    .withSteps(it.steps())
                    .withStart(it.eta(), it.firstJump())
                    .withLastTime(it.lastTime());
        }
        if (sampler instanceof Posterior it) {
            return SamplerOptions.NONE.withSteps(it.steps());
        }
        if (sampler instanceof TransportOde it) {
            return SamplerOptions.NONE.withSteps(it.steps());
        }
        if (sampler instanceof PosteriorMean) {
            return SamplerOptions.NONE;
        }
        throw new IllegalArgumentException("sampler " + sampler + " is not in the catalogue");
    }

    private static Sampler eulerMaruyama(SamplerOptions options) {
        requireOnly(EulerMaruyama.KIND, Set.of("steps", "variant"), options);
        int steps = options.steps().orElse(Variant.OFFICIAL_STEPS);
        return new EulerMaruyama(variant(options.variant(), steps), steps, TimeGrid.LAST_TIME);
    }

    private static Sampler eulerHeun(SamplerOptions options) {
        requireOnly(EulerHeun.KIND, Set.of("steps", "variant"), options);
        int steps = options.steps().orElse(Variant.OFFICIAL_STEPS);
        Variant variant = variant(options.variant(), steps);
        return new EulerHeun(variant, steps, TimeGrid.LAST_TIME, variant == Variant.OFFICIAL);
    }

    private static Sampler ode(SamplerOptions options) {
        requireOnly(ProbabilityFlowOde.KIND, Set.of("tolerance"), options);
        double tolerance = options.tolerance().orElse(TOLERANCE);
        return new ProbabilityFlowOde(tolerance, TimeGrid.LAST_TIME, ProbabilityFlowOde.LAST_STEP);
    }

    private static Sampler ddim(SamplerOptions options) {
        requireOnly(Ddim.KIND, Set.of("steps", "eta", "firstJump", "lastTime"), options);
        return new Ddim(
                options.steps().orElse(DDIM_STEPS),
                options.eta().orElse(0),
                options.firstJump().orElse(false),
                options.lastTime().orElse(TimeGrid.LAST_TIME));
    }

    private static Sampler multistep(SamplerOptions options) {
        requireOnly(Multistep.KIND, Set.of("steps", "eta", "firstJump", "lastTime"), options);
        int steps = options.steps().orElse(MULTISTEP_STEPS);
        return new Multistep(
                steps,
                options.eta().orElse(0),
                options.firstJump().orElse(steps >= MANY_STEPS),
                Multistep.Correction.MIDPOINT,
                steps >= MANY_STEPS ? Multistep.Spacing.TIME : Multistep.Spacing.LOG_SNR,
                options.lastTime().orElse(TimeGrid.LAST_TIME));
    }

    private static int posteriorSteps(String kind, SamplerOptions options) {
        requireOnly(kind, Set.of("steps"), options);
        return options.steps().orElse(POSTERIOR_STEPS);
    }

    private static Sampler x0(SamplerOptions options) {
        requireOnly(PosteriorMean.KIND, Set.of(), options);
        return new PosteriorMean();
    }

    private static Variant variant(Optional<String> name, int steps) {
        if (name.isEmpty()) {
            return Variant.defaultFor(steps);
        }
        return switch (name.get()) {
            case "official" -> Variant.OFFICIAL;
            case "consistent" -> Variant.CONSISTENT;
            default ->
                throw new IllegalArgumentException(
                        "unknown variant '" + name.get() + "': must be official or consistent");
        };
    }

    private static void requireOnly(String kind, Set<String> known, SamplerOptions options) {
        for (String name : options.present()) {
            if (!known.contains(name)) {
                String right = known.isEmpty()
                        ? "no options"
                        : String.join(", ", known.stream().sorted().toList());
                throw new IllegalArgumentException(
                        "option " + name + " does not apply to sampler " + kind + ": it takes " + right);
            }
        }
    }
}
