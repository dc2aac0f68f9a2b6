package io.driftrec.app;

import io.driftrec.image.ImageFormat;
import io.driftrec.message.OutputSpec;
import io.driftrec.message.SamplerSpec;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to sample and what to write, as options of the commands that make requests. */
final class SamplerOptions {
    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "A model of the worker (default: the worker's own default).")
    private @Nullable String model;

    @Option(
            names = "--model-digest",
            paramLabel = "SHA256",
            description =
                    "Only this version of the model, by the digest of its weights (default: the version that the worker has in force).")
    private @Nullable String modelDigest;

    @Option(
            names = "--sampler",
            paramLabel = "KIND",
            description =
                    "A preset: fast, balanced, faithful, distortion or official; or a kind: euler-maruyama, euler-heun, ode, ddim, 2m, "
                            + "posterior, ot-ode or x0 (default: balanced where it fits the model, else posterior).")
    private @Nullable String kind;

    @Option(
            names = "--variant",
            paramLabel = "NAME",
            description = "official or consistent, of euler-maruyama and euler-heun.")
    private @Nullable String variant;

    @Option(names = "--steps", paramLabel = "N", description = "Points of the time grid, 1 to 1000.")
    private @Nullable Integer steps;

    @Option(names = "--tolerance", paramLabel = "T", description = "Relative and absolute tolerance of ode.")
    private @Nullable Double tolerance;

    @Option(names = "--eta", paramLabel = "E", description = "Stochasticity of ddim and 2m, 0 to 1.")
    private @Nullable Double eta;

    @Option(
            names = "--first-jump",
            arity = "1",
            paramLabel = "BOOL",
            description = "Whether ddim and 2m begin with a jump to fresh noise.")
    private @Nullable Boolean firstJump;

    @Option(
            names = "--last-time",
            paramLabel = "T",
            description = "Time of the last evaluation of ddim and 2m, 0.01 to 0.7: later ones give smoother pictures.")
    private @Nullable Double lastTime;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Decides every random number (default: a function of the request id).")
    private @Nullable Long seed;

    @Option(names = "--samples", paramLabel = "K", description = "Restorations to average, 1 to 64 (default: 1).")
    private @Nullable Integer samples;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "png",
            description = "Of the result: png, jpeg (4:4:4) or webp (default: ${DEFAULT-VALUE}).")
    private String format = "png";

    @Option(
            names = "--quality",
            paramLabel = "Q",
            defaultValue = "95",
            description = "Of jpeg and webp, 1 to 100 (default: ${DEFAULT-VALUE}).")
    private int quality;

    @Option(
            names = "--no-colour-correction",
            fallbackValue = "true",
            description = "Leave the channel means as sampled; by default those of the input are restored.")
    private boolean colourCorrectionOff;

    Optional<String> model() {
        return Optional.ofNullable(model);
    }

    Optional<String> modelDigest() {
        return Optional.ofNullable(modelDigest);
    }

    /**
     * @throws IllegalArgumentException naming the value that is out of range
     */
    SamplerSpec sampler() {
        return new SamplerSpec(
                Optional.ofNullable(kind),
                Optional.ofNullable(variant),
                steps == null ? OptionalInt.empty() : OptionalInt.of(steps),
                tolerance == null ? OptionalDouble.empty() : OptionalDouble.of(tolerance),
                eta == null ? OptionalDouble.empty() : OptionalDouble.of(eta),
                Optional.ofNullable(firstJump),
                lastTime == null ? OptionalDouble.empty() : OptionalDouble.of(lastTime),
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                samples == null ? OptionalInt.empty() : OptionalInt.of(samples));
    }

    /**
     * @throws IllegalArgumentException naming the value that is out of range
     */
    OutputSpec output() {
        return new OutputSpec(format, quality);
    }

    /** Of result files, with the dot. */
    String extension() {
        return "." + ImageFormat.named(output().format()).orElseThrow().extension();
    }

    boolean colourCorrection() {
        return !colourCorrectionOff;
    }
}
