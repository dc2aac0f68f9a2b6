package io.driftrec.message;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Asks for a model to be trained. What is absent is as in {@code driftrec train}.
 *
 * <p>The same id means the same job: one that has completed is answered again and not trained again; one that failed or was
 * cancelled goes on from its last checkpoint.
 *
 * @param model the name of the model that comes out
 * @param dataset what to train with
 * @param process what the network is trained for
 * @param output what the network answers
 * @param network its shape; not together with {@code startModel}, which has one
 * @param startModel the weights to begin with; new ones where absent
 * @param seed decides everything random; 0 where absent
 * @param publish when the model is published; at the end where absent
 * @param description for the model card
 * @param licence terms of the weights, for the model card
 * @param images what the photographs are, for the model card; the data set's location where absent
 * @param weightsType type of the weights file: {@code F32}, {@code F16} or {@code BF16}
 */
public record TrainingJob(
        String jobId,
        String model,
        Dataset dataset,
        Optional<Process> process,
        Optional<Output> output,
        Optional<Network> network,
        Optional<Optimization> optimization,
        Optional<StartModel> startModel,
        Budget budget,
        OptionalLong seed,
        Optional<Publish> publish,
        Optional<String> description,
        Optional<String> licence,
        Optional<String> images,
        Optional<String> weightsType)
        implements TrainingCommand {
    /** The kind of {@link Process} that is none: the regression baseline. */
    public static final String REGRESSION = "regression";

    /** The sizes of networks that have a name. */
    public static final List<String> SIZES = List.of("small", "base", "paper");

    /** The chroma subsamplings that can be asked for. */
    public static final List<String> SUBSAMPLINGS = List.of("420", "444");

    /** The ways in which qualities are drawn from their range. */
    public static final List<String> QUALITY_DISTRIBUTIONS = List.of("uniform", "log-uniform");

    /** The types that weights can be stored in. */
    public static final List<String> WEIGHTS_TYPES = List.of("F32", "F16", "BF16");

    private static final int MAX_WORDS = 2000;

    /**
     * The photographs, and how samples are made of them.
     *
     * @param source a folder or prefix, which ends with {@code /}, or a manifest ({@code .csv}, {@code .txt})
     * @param splitSeed decides which images are left out for validation and tests; the job's seed where absent
     * @param patch side of a patch in pixels; 256 where absent
     * @param resizedArea squares of at least this share of the image are scaled to the patch, in (0, 1]; patches are cut at their
     *     own resolution where absent
     * @param mirrors whether every other patch is mirrored
     * @param minQuality smallest JPEG quality; 0 where absent
     * @param maxQuality largest; 100 where absent
     * @param qualityDistribution of {@link #QUALITY_DISTRIBUTIONS}; uniform where absent
     * @param subsampling of {@link #SUBSAMPLINGS}; 420 where absent
     * @param doubleShare share of patches compressed twice
     * @param rescaleShare share of patches scaled down and up before they are compressed
     */
    public record Dataset(
            URI source,
            OptionalLong splitSeed,
            OptionalInt patch,
            OptionalDouble resizedArea,
            Optional<Boolean> mirrors,
            OptionalInt minQuality,
            OptionalInt maxQuality,
            Optional<String> qualityDistribution,
            Optional<String> subsampling,
            OptionalDouble doubleShare,
            OptionalDouble rescaleShare) {
        public Dataset {
            Constraints.location("dataset.source", source);
            patch.ifPresent(value -> Constraints.range("dataset.patch", value, 16, 4096));
            resizedArea.ifPresent(value -> Constraints.range("dataset.resizedArea", value, Double.MIN_VALUE, 1.0));
            minQuality.ifPresent(value -> Constraints.range("dataset.minQuality", value, 0, 100));
            maxQuality.ifPresent(value -> Constraints.range("dataset.maxQuality", value, 0, 100));
            subsampling.ifPresent(value -> Constraints.oneOf("dataset.subsampling", value, SUBSAMPLINGS));
            qualityDistribution.ifPresent(
                    value -> Constraints.oneOf("dataset.qualityDistribution", value, QUALITY_DISTRIBUTIONS));
            doubleShare.ifPresent(value -> Constraints.range("dataset.doubleShare", value, 0.0, 1.0));
            rescaleShare.ifPresent(value -> Constraints.range("dataset.rescaleShare", value, 0.0, 1.0));
        }
    }

    /**
     * The process. Its kind is a name and not a closed set: which there are is the trainer's knowledge.
     *
     * @param kind {@code ouve} (where absent), {@code tsdve}, {@code cosve}, {@code i2sb}, {@code indi} or {@code regression}
     * @param parameters by name, such as {@code gamma} or {@code sigmaMax}; the paper's where absent
     * @param minTime smallest time that is trained, in (0, 1); 0.01 where absent
     * @param timePower below 1 late times are drawn more often; 1, uniformly, where absent
     * @param startShare share of samples, below 1, that show the JPEG without noise at t = 1; 0 where absent
     * @param timeLayers whether a regression's network has the layers for time, as is the default
     */
    public record Process(
            Optional<String> kind,
            Map<String, Double> parameters,
            OptionalDouble minTime,
            OptionalDouble timePower,
            OptionalDouble startShare,
            Optional<Boolean> timeLayers) {
        public Process {
            kind.ifPresent(value -> Constraints.name("process.kind", value));
            parameters = Map.copyOf(parameters);
            minTime.ifPresent(
                    value -> Constraints.range("process.minTime", value, Double.MIN_VALUE, Math.nextDown(1.0)));
            timePower.ifPresent(value -> Constraints.range("process.timePower", value, 0.1, 10.0));
            startShare.ifPresent(value -> Constraints.range("process.startShare", value, 0.0, Math.nextDown(1.0)));
        }
    }

    /**
     * What the network answers.
     *
     * @param kind {@code residual} (where absent), {@code score}, {@code displacement} or {@code x0}
     * @param residualStd standard deviation that residuals are preconditioned for, in (0, 10); 0.06 where absent
     */
    public record Output(Optional<String> kind, OptionalDouble residualStd) {
        public Output {
            kind.ifPresent(value -> Constraints.name("output.kind", value));
            residualStd.ifPresent(
                    value -> Constraints.range("output.residualStd", value, Double.MIN_VALUE, Math.nextDown(10.0)));
        }
    }

    /**
     * The network, by a size that has a name or by its numbers.
     *
     * @param size of {@link #SIZES}; small where everything is absent
     * @param nf channels of the first level
     * @param channelMultipliers of each level
     * @param blocksPerLevel residual blocks
     * @param attentionLevels indexes of levels with attention; none where absent
     */
    public record Network(
            Optional<String> size,
            OptionalInt nf,
            Optional<List<Integer>> channelMultipliers,
            OptionalInt blocksPerLevel,
            Optional<List<Integer>> attentionLevels) {
        /** A network by its size. */
        public static Network ofSize(String size) {
            return new Network(
                    Optional.of(size), OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());
        }

        public Network {
            size.ifPresent(value -> Constraints.oneOf("network.size", value, SIZES));
            boolean hasNumbers = nf.isPresent() && channelMultipliers.isPresent() && blocksPerLevel.isPresent();
            boolean hasNone = nf.isEmpty()
                    && channelMultipliers.isEmpty()
                    && blocksPerLevel.isEmpty()
                    && attentionLevels.isEmpty();
            if (size.isPresent() ? !hasNone : !hasNumbers) {
                throw new IllegalArgumentException(
                        "network: must have either size or nf, channelMultipliers and blocksPerLevel");
            }
        }
    }

    /**
     * How the parameters follow the gradient; the paper's settings where absent.
     *
     * @param batch patches a device and step
     * @param learningRate the largest rate
     * @param warmUpSteps in which the rate rises
     * @param finalLearningRate where a cosine brings the rate by the last step
     * @param weightDecay decoupled
     * @param maxGradientNorm longer gradients are shortened
     * @param emaDecay of the average that is validated and published
     * @param emaWarmUp whether the average begins with a smaller decay, as is the default
     * @param boundaryWeight weight in the loss of the error's steps from one JPEG block to the next
     */
    public record Optimization(
            OptionalInt batch,
            OptionalDouble learningRate,
            OptionalInt warmUpSteps,
            OptionalDouble finalLearningRate,
            OptionalDouble weightDecay,
            OptionalDouble maxGradientNorm,
            OptionalDouble emaDecay,
            Optional<Boolean> emaWarmUp,
            OptionalDouble boundaryWeight) {}

    /**
     * What training begins with.
     *
     * @param name of a model that the trainer has
     * @param digest SHA-256 of its weights, where it must be that version
     */
    public record StartModel(String name, Optional<String> digest) {
        public StartModel {
            Constraints.name("startModel.name", name);
            digest.ifPresent(value -> Constraints.sha256("startModel.digest", value));
        }
    }

    /**
     * When training ends; at least one, and whichever comes first. Not steps and samples both.
     *
     * @param steps of the optimiser
     * @param samples patches
     * @param minutes of training
     */
    public record Budget(OptionalLong steps, OptionalLong samples, OptionalDouble minutes) {
        public Budget {
            steps.ifPresent(value -> Constraints.range("budget.steps", value, 1, Long.MAX_VALUE));
            samples.ifPresent(value -> Constraints.range("budget.samples", value, 1, Long.MAX_VALUE));
            minutes.ifPresent(value -> Constraints.range("budget.minutes", value, 0.001, 5_000_000));
            if (steps.isPresent() == samples.isPresent() && (steps.isPresent() || minutes.isEmpty())) {
                throw new IllegalArgumentException(
                        "budget: must have steps, samples or minutes, not steps and samples");
            }
        }
    }

    /**
     * When the model is published.
     *
     * @param atEnd true where absent
     * @param everySteps also whenever so many more steps are done, with the average that validated best so far
     */
    public record Publish(Optional<Boolean> atEnd, OptionalLong everySteps) {
        public Publish {
            everySteps.ifPresent(value -> Constraints.range("publish.everySteps", value, 1, Long.MAX_VALUE));
        }
    }

    public TrainingJob {
        Constraints.name("jobId", jobId);
        Constraints.name("model", model);
        if (network.isPresent() && startModel.isPresent()) {
            throw new IllegalArgumentException("network: must be absent where there is a startModel, which has one");
        }
        description.ifPresent(value -> Constraints.words("description", value, MAX_WORDS));
        licence.ifPresent(value -> Constraints.words("licence", value, MAX_WORDS));
        images.ifPresent(value -> Constraints.words("images", value, MAX_WORDS));
        weightsType.ifPresent(value -> Constraints.oneOf("weightsType", value, WEIGHTS_TYPES));
    }
}
