package io.driftrec.network;

import io.driftrec.network.OutputParameterization.Clean;
import io.driftrec.network.OutputParameterization.Displacement;
import io.driftrec.network.OutputParameterization.Residual;
import java.util.List;

/**
 * Writes NCSN++ as a TorchScript program: the raw network, or the network inside its preconditioning, so that one call takes
 * a batch of states to a batch of scores.
 *
 * <p>Height and width of the inputs must be multiples of {@link NcsnppArchitecture#downsamplingFactor}; the FIR resampling is
 * exact for even sizes only.
 */
public final class NcsnppProgram {
    private NcsnppProgram() {}

    /**
     * How a program computes.
     *
     * @param precision the format of the features
     * @param isChannelsLast whether features and weights lie in channels-last memory, which the convolutions of CPUs prefer
     */
    public record Options(Precision precision, boolean isChannelsLast) {}

    /**
     * The network alone: {@code forward(input, sigma)} from {@code (N, inputChannels, H, W)} and {@code (N)}, float32, to
     * {@code (N, outputChannels, H, W)}, float32. It equals the reference implementation's network: divided by sigma where the
     * architecture says so. A network without noise conditioning ignores sigma but takes it.
     *
     * @throws InvalidModelException when the weights are not those of the architecture
     */
    public static TorchScriptProgram raw(NcsnppArchitecture architecture, Safetensors weights, Options options) {
        ProgramSource source = new ProgramSource("x", "sigma");
        NcsnppEmitter network = emitter(architecture, weights, options, source);
        return source.returning(source.call("contiguous", network.emit("x", "sigma")));
    }

    /**
     * The network for training: {@code forward(theta, input, sigma)}, like {@link #raw} but with the parameters in one vector
     * {@code theta}, float32, in the order of {@link NcsnppArchitecture#trainedParameters()}. The gradient of a loss by
     * {@code theta} is then one vector too, an optimiser's step a handful of operations, and in a lower precision
     * {@code theta} stays the float32 master copy, converted anew in every call.
     *
     * @param fixed has the tensors that are not trained, under their names
     * @throws InvalidModelException when one of these is missing
     */
    public static TorchScriptProgram trainable(NcsnppArchitecture architecture, Safetensors fixed, Options options) {
        ProgramSource source = new ProgramSource("theta", "x", "sigma");
        NcsnppEmitter.Parameters parameters = new VectorParameters(architecture, fixed, options, source);
        NcsnppEmitter network = new NcsnppEmitter(architecture, parameters, options, source);
        return source.returning(source.call("contiguous", network.emit("x", "sigma")));
    }

    private static NcsnppEmitter emitter(
            NcsnppArchitecture architecture, Safetensors weights, Options options, ProgramSource source) {
        architecture.check(weights);
        NcsnppEmitter.Parameters parameters = new StoredParameters(weights, options, source);
        return new NcsnppEmitter(architecture, parameters, options, source);
    }

    /**
     * The score: {@code forward(x, y, a, sigma)} from states and corrupted images {@code (N, C, H, W)} and the process' {@link
     * io.driftrec.diffusion.ForwardProcess#scoreSignal signal} and {@link io.driftrec.diffusion.ForwardProcess#level level} {@code
     * (N)}, all float32, to scores {@code (N, C, H, W)}, float32.
     *
     * @throws InvalidModelException when the weights are not those of the architecture
     * @throws IllegalArgumentException when the network takes neither a state and a corrupted image nor a corrupted image
     */
    public static TorchScriptProgram score(
            NcsnppArchitecture architecture, OutputParameterization output, Safetensors weights, Options options) {
        if (!architecture.isPaired() && !architecture.isRegression()) {
            throw new IllegalArgumentException(
                    "a score network takes twice its %d output channels, a regression as many; not %d"
                            .formatted(architecture.outputChannels(), architecture.inputChannels()));
        }
        ProgramSource source = new ProgramSource("x", "y", "a", "sigma");
        NcsnppEmitter network = emitter(architecture, weights, options, source);
        String score = architecture.isRegression()
                ? pullTo(regression(output, source, network), source)
                : score(output, source, network);
        return source.returning(source.call("contiguous", score));
    }

    /** The estimate of the clean image from the corrupted one alone, with the noise level that training had throughout. */
    private static String regression(OutputParameterization output, ProgramSource source, NcsnppEmitter network) {
        String one = source.call("ones_like", "sigma");
        if (output instanceof Residual residual) {
            String answer = network.emit(centred(source, "y"), one);
            return source.call("add", "y", source.call("mul", answer, residual.residualStd()));
        }
        return network.emit("y", one);
    }

    private static String score(OutputParameterization output, ProgramSource source, NcsnppEmitter network) {
        if (output instanceof Residual residual) {
            return residual(source, network, residual.residualStd());
        }
        if (output instanceof Displacement) {
            return source.call("neg", source.call("div", centred(source, network), perSample(source, "sigma")));
        }
        if (output instanceof Clean) {
            return clean(source, network);
        }
        return network.emit(source.call("cat", List.of("x", "y"), 1), "sigma");
    }

    /** The network on both images in [-1, 1]. */
    private static String centred(ProgramSource source, NcsnppEmitter network) {
        return network.emit(source.call("cat", List.of(centred(source, "x"), centred(source, "y")), 1), "sigma");
    }

    private static String centred(ProgramSource source, String image) {
        return source.call("sub", source.call("mul", image, 2.0), 1.0);
    }

    private static String clean(ProgramSource source, NcsnppEmitter network) {
        return pullTo(source.call("mul", source.call("add", centred(source, network), 1.0), 0.5), source);
    }

    /** {@code (a x0_hat + (1 - a) y - x) / sigma^2}, summed as differences from y, which are exact where images are alike. */
    private static String pullTo(String estimate, ProgramSource source) {
        String pull = source.call("mul", source.call("sub", estimate, "y"), perSample(source, "a"));
        String sigma = perSample(source, "sigma");
        String difference = source.call("sub", pull, source.call("sub", "x", "y"));
        return source.call("div", difference, source.call("mul", sigma, sigma));
    }

    /**
     * With {@code c = 1 / sqrt(s^2 + s_w^2)} the definition of {@link OutputParameterization.Residual} is
     * {@code score = s_w c / sigma F - (c / a)^2 (x - y)}, which does not subtract nearly equal numbers.
     */
    private static String residual(ProgramSource source, NcsnppEmitter network, double residualStd) {
        String signal = perSample(source, "a");
        String sigma = perSample(source, "sigma");
        String ratio = source.call("div", sigma, signal);
        String scale =
                source.call("rsqrt", source.call("add", source.call("mul", ratio, ratio), residualStd * residualStd));
        String scaleBySignal = source.call("div", scale, signal);
        String shifted = source.call("sub", "x", "y");
        String state = source.call("mul", shifted, scaleBySignal);
        String image = centred(source, "y");
        String output = network.emit(source.call("cat", List.of(state, image), 1), "sigma");
        String outputWeight = source.call("div", source.call("mul", scale, residualStd), sigma);
        return source.call("sub", source.call("mul", output, outputWeight), source.call("mul", state, scaleBySignal));
    }

    private static String perSample(ProgramSource source, String scalars) {
        return source.call("reshape", scalars, List.of(-1, 1, 1, 1));
    }
}
