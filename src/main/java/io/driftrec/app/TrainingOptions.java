package io.driftrec.app;

import io.driftrec.message.TrainingJob;
import io.driftrec.network.TensorType;
import io.driftrec.training.CorruptionSettings;
import io.driftrec.training.OptimizationSettings;
import io.driftrec.training.PatchSettings;
import io.driftrec.training.TimeSettings;
import io.driftrec.training.TrainingPlans;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is to be trained, and how: a {@link TrainingJob} as options. */
final class TrainingOptions {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Of the model that comes out (default: ${DEFAULT-VALUE}).")
    private String name = "model";

    @Option(
            names = "--process",
            paramLabel = "NAME",
            description =
                    "ouve, tsdve, cosve, i2sb, indi, or regression: the clean image from the corrupted one, without a process (default: ${DEFAULT-VALUE}).")
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
    private double residualStd = TrainingPlans.RESIDUAL_STD;

    @Option(
            names = "--no-time-layers",
            fallbackValue = "true",
            description = "Leave the time layers out, as the released code's regression baseline does.")
    private boolean hasNoTimeLayers;

    @Option(
            names = "--network",
            paramLabel = "SIZE",
            description = "small (1.8 M parameters), base (nf 64, six levels) or paper (65.6 M) (default: small).")
    private @Nullable String network;

    @Option(
            names = "--start",
            paramLabel = "MODEL",
            description =
                    "Begin with the weights and the architecture of this model of --models (default: new weights).")
    private @Nullable String start;

    @Option(names = "--patch", paramLabel = "PIXELS", description = "Side of a patch (default: ${DEFAULT-VALUE}).")
    private int patch = PatchSettings.PAPER.size();

    @Option(
            names = "--resized-crop",
            paramLabel = "AREA",
            description =
                    "Scale squares of at least this share of the image to the patch size, as the paper does with 0.2 "
                            + "(default: cut patches at their own resolution).")
    private @Nullable Double resizedCrop;

    @Option(names = "--mirror", fallbackValue = "true", description = "Mirror every other patch, at random.")
    private boolean mirrors;

    @Option(names = "--quality", paramLabel = "MIN-MAX", description = "JPEG qualities (default: ${DEFAULT-VALUE}).")
    private String quality = "0-100";

    @Option(
            names = "--quality-distribution",
            paramLabel = "NAME",
            description =
                    "uniform or log-uniform, which draws low qualities more often and needs a smallest one of 1 or above (default: ${DEFAULT-VALUE}).")
    private String qualityDistribution = CorruptionSettings.PAPER.distribution().label();

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
    private double minTime = TimeSettings.PAPER.min();

    @Option(
            names = "--time-power",
            paramLabel = "P",
            description = "1 draws times uniformly, 0.5 late ones more often (default: ${DEFAULT-VALUE}).")
    private double timePower = TimeSettings.PAPER.power();

    @Option(
            names = "--start-share",
            paramLabel = "SHARE",
            description =
                    "Share of patches that show the JPEG without noise at t = 1: what x0 and first jumps then start from (default: ${DEFAULT-VALUE}).")
    private double startShare = TimeSettings.PAPER.startShare();

    @Option(names = "--batch", paramLabel = "N", description = "Patches a device and step (default: ${DEFAULT-VALUE}).")
    private int batch = OptimizationSettings.PAPER.batch();

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "Of AdamW (default: ${DEFAULT-VALUE}).")
    private double learningRate = OptimizationSettings.PAPER.learningRate();

    @Option(
            names = "--final-learning-rate",
            paramLabel = "RATE",
            description = "Where a cosine brings the rate by the last step (default: it stays).")
    private @Nullable Double finalLearningRate;

    @Option(names = "--warm-up", paramLabel = "STEPS", description = "In which the rate rises (default: none).")
    private int warmUp = OptimizationSettings.PAPER.warmUpSteps();

    @Option(names = "--weight-decay", paramLabel = "D", description = "(default: ${DEFAULT-VALUE}).")
    private double weightDecay = OptimizationSettings.PAPER.weightDecay();

    @Option(names = "--gradient-norm", paramLabel = "NORM", description = "Shorten longer gradients (default: never).")
    private @Nullable Double gradientNorm;

    @Option(
            names = "--ema",
            paramLabel = "DECAY",
            description = "Of the parameters' average (default: ${DEFAULT-VALUE}).")
    private double ema = OptimizationSettings.PAPER.emaDecay();

    @Option(
            names = "--no-ema-warm-up",
            fallbackValue = "true",
            description = "Let the average begin at its full decay.")
    private boolean hasNoEmaWarmUp;

    @Option(
            names = "--boundary-weight",
            paramLabel = "W",
            description =
                    "Weight in the loss of the error's steps from one JPEG block to the next (default: ${DEFAULT-VALUE}).")
    private double boundaryWeight = OptimizationSettings.PAPER.boundaryWeight();

    @Option(names = "--steps", paramLabel = "N", description = "Budget in steps.")
    private @Nullable Long steps;

    @Option(names = "--samples", paramLabel = "N", description = "Budget in patches.")
    private @Nullable Long samples;

    @Option(names = "--minutes", paramLabel = "N", description = "Budget in minutes of training.")
    private @Nullable Double minutes;

    @Option(names = "--description", paramLabel = "TEXT", description = "For the model card.")
    private @Nullable String description;

    @Option(names = "--licence", paramLabel = "TEXT", description = "Terms of the weights, for the model card.")
    private @Nullable String licence;

    @Option(names = "--images", paramLabel = "TEXT", description = "What the photographs are, for the model card.")
    private @Nullable String images;

    @Option(
            names = "--storage",
            paramLabel = "TYPE",
            description = "Type of the weights file: F32, F16 or BF16 (default: ${DEFAULT-VALUE}).")
    private TensorType storage = TensorType.F32;

    @Option(names = "--seed", paramLabel = "SEED", description = "Of everything random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--split-seed",
            paramLabel = "SEED",
            description = "Decides which images are left out for validation and tests (default: --seed).")
    private @Nullable Long splitSeed;

    /**
     * The job that the options say; the model's name is its id.
     *
     * @param data a folder, a prefix or a manifest
     * @throws CannotStart naming what is wrong
     */
    TrainingJob job(URI data) {
        try {
            return new TrainingJob(
                    name,
                    name,
                    dataset(data),
                    Optional.of(new TrainingJob.Process(
                            Optional.of(process),
                            processParameters,
                            OptionalDouble.of(minTime),
                            OptionalDouble.of(timePower),
                            OptionalDouble.of(startShare),
                            Optional.of(!hasNoTimeLayers))),
                    Optional.of(new TrainingJob.Output(Optional.of(output), OptionalDouble.of(residualStd))),
                    Optional.ofNullable(network).map(TrainingJob.Network::ofSize),
                    Optional.of(optimization()),
                    Optional.ofNullable(start).map(model -> new TrainingJob.StartModel(model, Optional.empty())),
                    new TrainingJob.Budget(optional(steps), optional(samples), optional(minutes)),
                    OptionalLong.of(seed),
                    Optional.empty(),
                    Optional.ofNullable(description),
                    Optional.ofNullable(licence),
                    Optional.ofNullable(images),
                    Optional.of(storage.name()));
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private TrainingJob.Dataset dataset(URI data) {
        String[] qualities = quality.split("-", 2);
        if (qualities.length != 2) {
            throw new IllegalArgumentException("--quality must be MIN-MAX such as 0-100, not " + quality);
        }
        return new TrainingJob.Dataset(
                data,
                optional(splitSeed),
                OptionalInt.of(patch),
                optional(resizedCrop),
                Optional.of(mirrors),
                OptionalInt.of(Integer.parseInt(qualities[0].strip())),
                OptionalInt.of(Integer.parseInt(qualities[1].strip())),
                Optional.of(qualityDistribution),
                Optional.of(subsampling),
                OptionalDouble.of(doubleShare),
                OptionalDouble.of(rescaleShare));
    }

    private TrainingJob.Optimization optimization() {
        return new TrainingJob.Optimization(
                OptionalInt.of(batch),
                OptionalDouble.of(learningRate),
                OptionalInt.of(warmUp),
                optional(finalLearningRate),
                OptionalDouble.of(weightDecay),
                optional(gradientNorm),
                OptionalDouble.of(ema),
                Optional.of(!hasNoEmaWarmUp),
                OptionalDouble.of(boundaryWeight));
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
