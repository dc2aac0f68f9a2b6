package io.driftrec.network;

import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.network.OutputParameterization.Clean;
import io.driftrec.network.OutputParameterization.Displacement;
import io.driftrec.network.OutputParameterization.Residual;

/**
 * What a network in training is shown at one time t, and what it should answer: scalars alone, for a trainer to apply to arrays.
 * With a clean image x0, its corrupted image y (pixels in [0, 1]) and standard normal values z, all {@code (C, H, W)}:
 *
 * <pre>
 *   input  = cat(stateInput(x0, y, z), imageInput(x0, y, z))     along the channels
 *   answer = network(input, level)                               what {@link NcsnppProgram#raw} computes
 *   loss   = reduction of (outputWeight answer - target(x0, y, z))^2
 * </pre>
 *
 * <p>A network so trained does in {@link NcsnppProgram#score} what its {@link OutputParameterization} promises. For the score the
 * loss is that of the DriftRec paper, {@code 1/2 sum (level score + z)^2}; for the others the mean square. Times are drawn evenly
 * from {@code [tEps, 1]}.
 *
 * @param state {@code x_t}, for those who want it; {@code stateInput} is a scaling of it
 * @param stateInput the first half of the network's input channels
 * @param imageInput the second half
 * @param level what the network is told of the time
 * @param outputWeight scales the answer before it is compared
 * @param target what the scaled answer should be
 */
public record TrainingTarget(
        Mixture state,
        Mixture stateInput,
        Mixture imageInput,
        double level,
        double outputWeight,
        Mixture target,
        Reduction reduction) {

    /** {@code clean x0 + image y + noise z + offset}. */
    public record Mixture(double clean, double image, double noise, double offset) {
        private Mixture times(double factor) {
            return new Mixture(factor * clean, factor * image, factor * noise, factor * offset);
        }

        private Mixture plus(Mixture other) {
            return new Mixture(clean + other.clean, image + other.image, noise + other.noise, offset + other.offset);
        }

        private Mixture minus(Mixture other) {
            return plus(other.times(-1));
        }

        /** From pixels in [0, 1] to pixels in [-1, 1]. */
        private Mixture centred() {
            return times(2).plus(new Mixture(0, 0, 0, -1));
        }
    }

    /** How the squares of one sample become its loss. */
    public enum Reduction {
        /** Half of their sum over channels and pixels. */
        HALF_SUM,
        /** Their mean. */
        MEAN
    }

    private static final Mixture CLEAN = new Mixture(1, 0, 0, 0);
    private static final Mixture IMAGE = new Mixture(0, 1, 0, 0);

    /**
     * The target of a time.
     *
     * @param t in (0, 1]
     * @throws IllegalArgumentException when t is out of range
     */
    public static TrainingTarget of(ForwardProcess process, OutputParameterization output, double t) {
        if (!(t > 0 && t <= 1)) {
            throw new IllegalArgumentException("t is " + t + ": must be above 0, at most 1");
        }
        double b = process.signal(t);
        return of(process, output, t, new Mixture(b, 1 - b, process.std(t), 0));
    }

    /**
     * The target of a start without noise: at t = 1 the state is y itself. What the network then knows is y alone, and its clean
     * estimate becomes the posterior mean given y; see {@link ModelCard#noiseFreeStart}.
     */
    public static TrainingTarget ofStart(ForwardProcess process, OutputParameterization output) {
        return of(process, output, 1, IMAGE);
    }

    private static TrainingTarget of(ForwardProcess process, OutputParameterization output, double t, Mixture state) {
        if (output instanceof Residual residual) {
            return residual(process, residual.residualStd(), t, state);
        }
        double alpha = process.scoreSignal(t);
        double level = process.level(t);
        // for an SDE this is z
        Mixture displacement =
                state.minus(CLEAN.times(alpha)).minus(IMAGE.times(1 - alpha)).times(1 / level);
        if (output instanceof Displacement) {
            return centred(state, level, displacement);
        }
        if (output instanceof Clean) {
            return centred(state, level, CLEAN.centred());
        }
        return new TrainingTarget(state, state, IMAGE, level, level, displacement.times(-1), Reduction.HALF_SUM);
    }

    /**
     * The target of the regression baseline, which is shown {@code imageInput} alone, and 1 for the level: the clean image, or for
     * {@link Residual} what it differs by in units of the residual's standard deviation.
     *
     * @throws IllegalArgumentException for an output that regression has no form of
     */
    public static TrainingTarget regression(OutputParameterization output) {
        if (output instanceof Residual residual) {
            Mixture target = CLEAN.minus(IMAGE).times(1 / residual.residualStd());
            return new TrainingTarget(IMAGE, IMAGE, IMAGE.centred(), 1, 1, target, Reduction.MEAN);
        }
        if (output instanceof OutputParameterization.Score) {
            return new TrainingTarget(IMAGE, IMAGE, IMAGE, 1, 1, CLEAN, Reduction.HALF_SUM);
        }
        throw new IllegalArgumentException("a regression's output must be score or residual, not " + output.label());
    }

    private static TrainingTarget centred(Mixture state, double level, Mixture target) {
        return new TrainingTarget(state, state.centred(), IMAGE.centred(), level, 1, target, Reduction.MEAN);
    }

    /** {@code F} should be {@code (w - c_skip u~) / c_out}; see {@link Residual}. */
    private static TrainingTarget residual(ForwardProcess process, double residualStd, double t, Mixture state) {
        double a = process.signal(t);
        double s = process.std(t) / a;
        double total = Math.hypot(s, residualStd);
        Mixture w = CLEAN.minus(IMAGE);
        Mixture shifted = state.minus(IMAGE).times(1 / a);
        double skip = residualStd * residualStd / (total * total);
        Mixture target = w.minus(shifted.times(skip)).times(total / (s * residualStd));
        return new TrainingTarget(
                state, shifted.times(1 / total), IMAGE.centred(), process.level(t), 1, target, Reduction.MEAN);
    }
}
