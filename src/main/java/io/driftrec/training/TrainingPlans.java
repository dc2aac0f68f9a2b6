package io.driftrec.training;

import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.image.ChromaSubsampling;
import io.driftrec.message.TrainingJob;
import io.driftrec.network.NcsnppArchitecture;
import io.driftrec.network.OutputParameterization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** From a job's message to the plan that it means: what is absent is here filled in, and what no trainer can do is refused. */
public final class TrainingPlans {
    /** The standard deviation that residuals are preconditioned for where nothing else is said. */
    public static final double RESIDUAL_STD = 0.06;

    private static final TrainingJob.Process PROCESS = new TrainingJob.Process(
            Optional.empty(),
            Map.of(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty());
    private static final TrainingJob.Output OUTPUT = new TrainingJob.Output(Optional.empty(), OptionalDouble.empty());
    private static final TrainingJob.Network NETWORK = TrainingJob.Network.ofSize("small");
    private static final TrainingJob.Optimization OPTIMIZATION = new TrainingJob.Optimization(
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalDouble.empty());

    private TrainingPlans() {}

    /**
     * The plan of a job.
     *
     * @param startedFrom the architecture of the model to start from
     * @param devices that train together, for a budget in samples
     * @throws TrainingFailedException with {@code INVALID_JOB}, or {@code START_MODEL_UNUSABLE} where the model to start from is
     *     of another kind than the job's
     */
    public static TrainingPlan of(TrainingJob job, Optional<NcsnppArchitecture> startedFrom, int devices) {
        TrainingJob.Process process = job.process().orElse(PROCESS);
        String kind = process.kind().orElse("ouve");
        boolean isRegression = isRegression(job);
        long seed = job.seed().orElse(0);
        try {
            OutputParameterization output = output(job);
            TrainingPlan plan = new TrainingPlan(
                    job.model(),
                    startedFrom.orElseGet(() -> architecture(job, output, process, isRegression)),
                    ForwardProcess.named(isRegression ? "ouve" : kind, process.parameters()),
                    output,
                    job.dataset().source(),
                    job.dataset().splitSeed().orElse(seed),
                    patches(job.dataset()),
                    corruption(job.dataset()),
                    new TimeSettings(
                            process.minTime().orElse(TimeSettings.PAPER.min()),
                            process.timePower().orElse(TimeSettings.PAPER.power()),
                            process.startShare().orElse(TimeSettings.PAPER.startShare())),
                    optimization(job.optimization().orElse(OPTIMIZATION)),
                    budget(job, devices),
                    seed);
            if (plan.isRegression() != isRegression) {
                throw new TrainingFailedException(
                        TrainingFailure.START_MODEL_UNUSABLE,
                        "the model to start from is %s, the job's process is %s"
                                .formatted(plan.isRegression() ? "a regression" : "not a regression", kind));
            }
            return plan;
        } catch (IllegalArgumentException wrong) {
            throw new TrainingFailedException(TrainingFailure.INVALID_JOB, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    static boolean isRegression(TrainingJob job) {
        return job.process()
                .flatMap(TrainingJob.Process::kind)
                .filter(TrainingJob.REGRESSION::equals)
                .isPresent();
    }

    private static NcsnppArchitecture architecture(
            TrainingJob job, OutputParameterization output, TrainingJob.Process process, boolean isRegression) {
        TrainingJob.Network network = job.network().orElse(NETWORK);
        NetworkShape shape = network.size()
                .map(NetworkShape::named)
                .orElseGet(() -> new NetworkShape(
                        network.nf().orElseThrow(),
                        network.channelMultipliers().orElseThrow(),
                        network.blocksPerLevel().orElseThrow(),
                        Set.copyOf(network.attentionLevels().orElse(List.of()))));
        return shape.architecture(output, isRegression, process.timeLayers().orElse(true));
    }

    /**
     * What the job's network answers.
     *
     * @throws TrainingFailedException with {@code INVALID_JOB} for an output that does not exist
     */
    static OutputParameterization output(TrainingJob job) {
        TrainingJob.Output output = job.output().orElse(OUTPUT);
        String kind = output.kind().orElse("residual");
        return switch (kind) {
            case "residual" ->
                new OutputParameterization.Residual(output.residualStd().orElse(RESIDUAL_STD));
            case "score" -> new OutputParameterization.Score();
            case "displacement" -> new OutputParameterization.Displacement();
            case "x0" -> new OutputParameterization.Clean();
            default ->
                throw new TrainingFailedException(
                        TrainingFailure.INVALID_JOB,
                        "output.kind must be residual, score, displacement or x0, not " + kind);
        };
    }

    private static PatchSettings patches(TrainingJob.Dataset dataset) {
        return new PatchSettings(
                dataset.patch().orElse(PatchSettings.PAPER.size()),
                dataset.resizedArea().isPresent(),
                dataset.resizedArea().orElse(1),
                dataset.mirrors().orElse(false));
    }

    private static CorruptionSettings corruption(TrainingJob.Dataset dataset) {
        return new CorruptionSettings(
                dataset.minQuality().orElse(0),
                dataset.maxQuality().orElse(100),
                dataset.qualityDistribution()
                        .map(QualityDistribution::of)
                        .orElse(CorruptionSettings.PAPER.distribution()),
                ChromaSubsampling.valueOf("CHROMA_" + dataset.subsampling().orElse("420")),
                dataset.doubleShare().orElse(0),
                dataset.rescaleShare().orElse(0));
    }

    private static OptimizationSettings optimization(TrainingJob.Optimization wanted) {
        OptimizationSettings paper = OptimizationSettings.PAPER;
        double learningRate = wanted.learningRate().orElse(paper.learningRate());
        return new OptimizationSettings(
                wanted.batch().orElse(paper.batch()),
                learningRate,
                wanted.warmUpSteps().orElse(paper.warmUpSteps()),
                wanted.finalLearningRate().orElse(learningRate),
                wanted.weightDecay().orElse(paper.weightDecay()),
                wanted.maxGradientNorm().orElse(paper.maxGradientNorm()),
                wanted.emaDecay().orElse(paper.emaDecay()),
                wanted.emaWarmUp().orElse(paper.warmsUpEma()),
                wanted.boundaryWeight().orElse(paper.boundaryWeight()));
    }

    private static Budget budget(TrainingJob job, int devices) {
        TrainingJob.Budget budget = job.budget();
        long samplesPerStep =
                (long) job.optimization().orElse(OPTIMIZATION).batch().orElse(OptimizationSettings.PAPER.batch())
                        * devices;
        Optional<Long> steps = Optional.empty();
        if (budget.steps().isPresent()) {
            steps = Optional.of(budget.steps().getAsLong());
        } else if (budget.samples().isPresent()) {
            steps = Optional.of(Math.max(1, budget.samples().getAsLong() / samplesPerStep));
        }
        Optional<Duration> time = budget.minutes().isPresent()
                ? Optional.of(Duration.ofMillis(
                        Math.max(1, Math.round(budget.minutes().getAsDouble() * 60_000))))
                : Optional.empty();
        return new Budget(steps, time);
    }
}
