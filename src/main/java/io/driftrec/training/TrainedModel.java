package io.driftrec.training;

import io.driftrec.message.TrainingJob;
import io.driftrec.network.ModelCard;
import io.driftrec.network.Safetensors;
import io.driftrec.network.Tensor;
import io.driftrec.network.TensorType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The model that a training made, ready for a repository.
 *
 * @param weights in the type that they are to be stored in
 */
public record TrainedModel(ModelCard card, Safetensors weights) {
    /**
     * What training made of a job.
     *
     * @param start the model that it began with
     * @param device it ran on
     */
    public static TrainedModel of(
            TrainingJob job,
            TrainingPlan plan,
            TrainingOutcome outcome,
            Optional<StartModels.Found> start,
            String device) {
        ModelCard card = new ModelCard(
                plan.model(),
                job.description().orElse("Trained with driftrec."),
                plan.architecture(),
                plan.output(),
                plan.process(),
                plan.times().min(),
                plan.times().startShare() > 0,
                facts(job, plan, outcome, start, device),
                quality(outcome),
                job.licence().orElse("not stated"));
        TensorType stored = TensorType.valueOf(job.weightsType().orElse("F32"));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        outcome.weights().tensors().forEach((name, tensor) -> tensors.put(name, tensor.as(stored)));
        return new TrainedModel(card, new Safetensors(tensors));
    }

    private static Map<String, String> facts(
            TrainingJob job,
            TrainingPlan plan,
            TrainingOutcome outcome,
            Optional<StartModels.Found> start,
            String device) {
        OptimizationSettings settings = plan.optimization();
        PatchSettings patch = plan.patch();
        CorruptionSettings corruption = plan.corruption();
        TrainingListener.Progress progress = outcome.progress();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("images", job.images().orElse(plan.data().toString()));
        facts.put(
                "split",
                "%d to train, %d to validate, %d left for tests, seed %d"
                        .formatted(
                                outcome.split().training().size(),
                                outcome.split().validation().size(),
                                outcome.split().test().size(),
                                plan.splitSeed()));
        facts.put(
                "patches",
                "%dx%d, %s%s"
                        .formatted(
                                patch.size(),
                                patch.size(),
                                patch.isResized()
                                        ? "scaled from at least %s of the image".formatted(patch.minArea())
                                        : "cut at their own resolution",
                                patch.mirrors() ? ", half of them mirrored" : ""));
        facts.put(
                "corruption",
                "JPEG, quality %s in %d..%d, %s; twice unaligned %s, rescaled %s"
                        .formatted(
                                corruption.distribution().label(),
                                corruption.minQuality(),
                                corruption.maxQuality(),
                                corruption.subsampling().label(),
                                corruption.doubleShare(),
                                corruption.rescaleShare()));
        if (!plan.isRegression()) {
            facts.put("times", times(plan.times()));
        }
        facts.put(
                "start",
                start.map(found -> "the model %s, %s".formatted(found.card().name(), found.digest()))
                        .orElse("new weights"));
        facts.put(
                "steps",
                "%d of %d samples, the kept average is that of step %d"
                        .formatted(progress.step(), progress.samples() / progress.step(), outcome.bestStep()));
        facts.put("time", "%s on %s".formatted(hours(progress.trained()), device));
        facts.put(
                "optimizer",
                "AdamW, rate %s after %d steps of warm-up, falling to %s; weight decay %s, gradient norm %s, EMA %s, boundary weight %s"
                        .formatted(
                                settings.learningRate(),
                                settings.warmUpSteps(),
                                settings.finalLearningRate(),
                                settings.weightDecay(),
                                settings.maxGradientNorm(),
                                settings.emaDecay(),
                                settings.boundaryWeight()));
        return facts;
    }

    private static String times(TimeSettings times) {
        String drawn = times.power() == 1 ? "uniform" : "as u^%s, u uniform,".formatted(times.power());
        String starts = times.startShare() == 0
                ? ""
                : "; for %s of the samples the start without noise".formatted(times.startShare());
        return "%s in %s..1%s".formatted(drawn, times.min(), starts);
    }

    private static List<ModelCard.Measurement> quality(TrainingOutcome outcome) {
        if (outcome.progress().bestValidationLoss().isEmpty()) {
            return List.of();
        }
        double loss = outcome.progress().bestValidationLoss().getAsDouble();
        return List.of(new ModelCard.Measurement("validation patches", "none", Map.of("loss", loss)));
    }

    private static String hours(Duration time) {
        return String.format(Locale.ROOT, "%.1f hours", time.toMillis() / 3.6e6);
    }
}
