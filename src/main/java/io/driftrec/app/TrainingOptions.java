package io.driftrec.app;

import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.image.ChromaSubsampling;
import io.driftrec.network.NcsnppArchitecture;
import io.driftrec.network.OutputParameterization;
import io.driftrec.training.Budget;
import io.driftrec.training.CorruptionSettings;
import io.driftrec.training.NetworkShape;
import io.driftrec.training.OptimizationSettings;
import io.driftrec.training.PatchSettings;
import io.driftrec.training.TrainingPlan;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is to be trained, and how. */
final class TrainingOptions {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Of the model that comes out (default: ${DEFAULT-VALUE}).")
    private String name = "model";

    @Option(
            names = "--process",
            paramLabel = "NAME",
            description = "ouve, tsdve, cosve, i2sb or indi (default: ${DEFAULT-VALUE}).")
    private String process = "ouve";

    @Option(
            names = "--process-parameter",
            paramLabel = "NAME=VALUE",
            description = "Such as gamma, sigmaMin or sigmaMax (default: the paper's); may be repeated.")
    private Map<String, Double> processParameters = new LinkedHashMap<>();

    @Option(
            names = "--output",
            paramLabel = "KIND",
            description =
                    "What the network answers: residual (preconditioned), score (the paper's), displacement (I2SB's) or x0 (InDI's) (default: ${DEFAULT-VALUE}).")
    private String output = "residual";

    @Option(
            names = "--residual-std",
            paramLabel = "S",
            description = "Standard deviation that residuals are preconditioned for (default: ${DEFAULT-VALUE}).")
    private double residualStd = 0.06;

    @Option(
            names = "--regression",
            fallbackValue = "true",
            description = "Train the regression baseline: the clean image from the corrupted one, without a process.")
    private boolean isRegression;

    @Option(
            names = "--no-time-layers",
            fallbackValue = "true",
            description = "Leave the time layers out, as the released code's regression baseline does.")
    private boolean hasNoTimeLayers;

    @Option(
            names = "--network",
            paramLabel = "SIZE",
            description =
                    "small (1.8 M parameters), base (nf 64, six levels) or paper (65.6 M) (default: ${DEFAULT-VALUE}).")
    private String network = "small";

    @Option(names = "--patch", paramLabel = "PIXELS", description = "Side of a patch (default: ${DEFAULT-VALUE}).")
    private int patch = 256;

    @Option(
            names = "--resized-crop",
            paramLabel = "AREA",
            description =
                    "Scale squares of at least this share of the image to the patch size, as the paper does with 0.2 "
                            + "(default: cut patches at their own resolution).")
    private @Nullable Double resizedCrop;

    @Option(names = "--mirror", fallbackValue = "true", description = "Mirror every other patch, at random.")
    private boolean mirrors;

    @Option(
            names = "--quality",
            paramLabel = "MIN-MAX",
            description = "JPEG qualities, drawn uniformly (default: ${DEFAULT-VALUE}).")
    private String quality = "0-100";

    @Option(names = "--subsampling", paramLabel = "CHROMA", description = "420 or 444 (default: ${DEFAULT-VALUE}).")
    private String subsampling = "420";

    @Option(
            names = "--double-share",
            paramLabel = "SHARE",
            description = "Share of patches compressed twice, on shifted grids (default: ${DEFAULT-VALUE}).")
    private double doubleShare;

    @Option(
            names = "--rescale-share",
            paramLabel = "SHARE",
            description = "Share of patches scaled down and up before they are compressed (default: ${DEFAULT-VALUE}).")
    private double rescaleShare;

    @Option(names = "--min-time", paramLabel = "T", description = "Smallest time t (default: ${DEFAULT-VALUE}).")
    private double minTime = 0.01;

    @Option(names = "--batch", paramLabel = "N", description = "Patches a device and step (default: ${DEFAULT-VALUE}).")
    private int batch = 8;

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "Of AdamW (default: ${DEFAULT-VALUE}).")
    private double learningRate = 1e-4;

    @Option(
            names = "--final-learning-rate",
            paramLabel = "RATE",
            description = "Where a cosine brings the rate by the last step (default: it stays).")
    private @Nullable Double finalLearningRate;

    @Option(names = "--warm-up", paramLabel = "STEPS", description = "In which the rate rises (default: none).")
    private int warmUp;

    @Option(names = "--weight-decay", paramLabel = "D", description = "(default: ${DEFAULT-VALUE}).")
    private double weightDecay = 0.01;

    @Option(names = "--gradient-norm", paramLabel = "NORM", description = "Shorten longer gradients (default: never).")
    private double gradientNorm = Double.POSITIVE_INFINITY;

    @Option(
            names = "--ema",
            paramLabel = "DECAY",
            description = "Of the parameters' average (default: ${DEFAULT-VALUE}).")
    private double ema = 0.999;

    @Option(
            names = "--no-ema-warm-up",
            fallbackValue = "true",
            description = "Let the average begin at its full decay.")
    private boolean hasNoEmaWarmUp;

    @Option(names = "--steps", paramLabel = "N", description = "Budget in steps.")
    private @Nullable Long steps;

    @Option(names = "--samples", paramLabel = "N", description = "Budget in patches.")
    private @Nullable Long samples;

    @Option(names = "--minutes", paramLabel = "N", description = "Budget in minutes of training.")
    private @Nullable Double minutes;

    @Option(names = "--seed", paramLabel = "SEED", description = "Of everything random (default: ${DEFAULT-VALUE}).")
    private long seed;

    /**
     * @param startedFrom the architecture of the model to start from
     * @throws CannotStart naming what is wrong
     */
    TrainingPlan plan(URI data, Optional<NcsnppArchitecture> startedFrom, int devices) {
        try {
            String[] qualities = quality.split("-", 2);
            if (qualities.length != 2) {
                throw new IllegalArgumentException("--quality must be MIN-MAX such as 0-100, not " + quality);
            }
            PatchSettings patches =
                    new PatchSettings(patch, resizedCrop != null, resizedCrop == null ? 1 : resizedCrop, mirrors);
            CorruptionSettings corruption = new CorruptionSettings(
                    Integer.parseInt(qualities[0].strip()),
                    Integer.parseInt(qualities[1].strip()),
                    ChromaSubsampling.valueOf("CHROMA_" + subsampling),
                    doubleShare,
                    rescaleShare);
            OptimizationSettings optimization = new OptimizationSettings(
                    batch,
                    learningRate,
                    warmUp,
                    finalLearningRate == null ? learningRate : finalLearningRate,
                    weightDecay,
                    gradientNorm,
                    ema,
                    !hasNoEmaWarmUp);
            return new TrainingPlan(
                    name,
                    startedFrom.orElseGet(this::architecture),
                    ForwardProcess.named(process, processParameters),
                    parameterization(),
                    data,
                    patches,
                    corruption,
                    minTime,
                    optimization,
                    budget(devices),
                    seed);
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private NcsnppArchitecture architecture() {
        return NetworkShape.named(network).architecture(parameterization(), isRegression, !hasNoTimeLayers);
    }

    private OutputParameterization parameterization() {
        return switch (output) {
            case "residual" -> new OutputParameterization.Residual(residualStd);
            case "score" -> new OutputParameterization.Score();
            case "displacement" -> new OutputParameterization.Displacement();
            case "x0" -> new OutputParameterization.Clean();
            default ->
                throw new IllegalArgumentException(
                        "--output must be residual, score, displacement or x0, not " + output);
        };
    }

    private Budget budget(int devices) {
        if (steps != null && samples != null) {
            throw new IllegalArgumentException("give --steps or --samples, not both");
        }
        Optional<Long> inSteps = samples != null
                ? Optional.of(Math.max(1, samples / ((long) batch * devices)))
                : Optional.ofNullable(steps);
        Optional<Duration> time =
                Optional.ofNullable(minutes).map(amount -> Duration.ofMillis(Math.round(amount * 60_000)));
        if (inSteps.isEmpty() && time.isEmpty()) {
            throw new IllegalArgumentException("give a budget: --steps, --samples or --minutes");
        }
        return new Budget(inSteps, time);
    }
}
