package io.driftrec.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.message.Decoded;
import io.driftrec.message.TrainingCodec;
import io.driftrec.message.TrainingCommand;
import io.driftrec.message.TrainingJob;
import io.driftrec.network.NcsnppArchitecture;
import io.driftrec.network.OutputParameterization;
import io.driftrec.network.Precision;
import io.driftrec.network.TensorEngine;
import io.driftrec.storage.Backoff;
import io.driftrec.storage.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Trainings that take a second. */
final class TinyTraining {
    static final Backoff THREE_TRIES = new Backoff(3, Duration.ofMillis(1), Duration.ofMillis(1));

    private static final TensorEngine CPU = TensorEngine.start("cpu", 1);

    private TinyTraining() {}

    static NcsnppArchitecture network(int nf, int inputChannels) {
        return new NcsnppArchitecture(nf, List.of(1, 2), 1, Set.of(), inputChannels, 3, true, 2, false);
    }

    /** Patches of 32x32 from {@code <folder>/data}, two a step. */
    static TrainingPlan plan(Path folder, long steps, long seed) {
        return plan(network(8, 6), new OutputParameterization.Residual(0.06), folder, steps, seed);
    }

    static TrainingPlan regression(Path folder, long steps) {
        return plan(network(8, 3), new OutputParameterization.Residual(0.06), folder, steps, 1);
    }

    static TrainingPlan score(Path folder, long steps) {
        return plan(network(8, 6), new OutputParameterization.Score(), folder, steps, 1);
    }

    private static TrainingPlan plan(
            NcsnppArchitecture network, OutputParameterization output, Path folder, long steps, long seed) {
        return new TrainingPlan(
                "tiny",
                network,
                ForwardProcess.named("ouve", Map.of()),
                output,
                folder.resolve("data").toUri(),
                seed,
                new PatchSettings(32, false, 1, true),
                CorruptionSettings.PAPER,
                TimeSettings.PAPER,
                new OptimizationSettings(2, 1e-3, 0, 1e-3, 0.01, 1, 0.9, true, 0),
                Budget.ofSteps(steps),
                seed);
    }

    /** A job with these fields besides its id. */
    static TrainingJob job(String fields) {
        String body = "{\"jobId\":\"j\",\"model\":\"m\"," + fields + "}";
        Decoded<TrainingCommand> decoded = new TrainingCodec().decodeCommand(body.getBytes(UTF_8));
        assertThat(decoded).isInstanceOf(Decoded.Valid.class);
        return (TrainingJob) ((Decoded.Valid<TrainingCommand>) decoded).value();
    }

    static TrainingPlan withBatch(TrainingPlan plan, int batch) {
        OptimizationSettings was = plan.optimization();
        return with(
                plan,
                new OptimizationSettings(
                        batch,
                        was.learningRate(),
                        was.warmUpSteps(),
                        was.finalLearningRate(),
                        was.weightDecay(),
                        was.maxGradientNorm(),
                        was.emaDecay(),
                        was.warmsUpEma(),
                        was.boundaryWeight()),
                plan.budget());
    }

    static TrainingPlan withBudget(TrainingPlan plan, Budget budget) {
        return with(plan, plan.optimization(), budget);
    }

    static TrainingPlan with(TrainingPlan plan, OptimizationSettings optimization, Budget budget) {
        return new TrainingPlan(
                plan.model(),
                plan.architecture(),
                plan.process(),
                plan.output(),
                plan.data(),
                plan.splitSeed(),
                plan.patch(),
                plan.corruption(),
                plan.times(),
                optimization,
                budget,
                plan.seed());
    }

    static TrainingRun run(TrainingPlan plan, ObjectStore store, Checkpoints checkpoints, int replicas) {
        RunSettings settings =
                new RunSettings(Precision.FP32, Duration.ZERO, 2, 3, Duration.ZERO, 2, 1 << 22, THREE_TRIES);
        return new TrainingRun(plan, settings, Collections.nCopies(replicas, CPU), store, checkpoints);
    }
}
