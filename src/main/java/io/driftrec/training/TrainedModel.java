package io.driftrec.training;

import io.driftrec.network.ModelCard;
import io.driftrec.network.Safetensors;
import io.driftrec.network.Tensor;
import io.driftrec.network.TensorType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The model that a training made, ready for a repository.
 *
 * @param weights in the type that they are to be stored in
 */
public record TrainedModel(ModelCard card, Safetensors weights) {
    /**
     * The words of a card that training cannot know.
     *
     * @param start what training began with, such as a model's name and digest
     * @param device it ran on
     */
    public record Words(String description, String licence, String images, String start, String device) {}

    /** @param stored floating-point type of the weights file */
    public static TrainedModel of(TrainingPlan plan, TrainingOutcome outcome, Words words, TensorType stored) {
        ModelCard card = new ModelCard(
                plan.model(),
                words.description(),
                plan.architecture(),
                plan.output(),
                plan.process(),
                plan.minTime(),
                facts(plan, outcome, words),
                quality(outcome),
                words.licence());
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        outcome.weights().tensors().forEach((name, tensor) -> tensors.put(name, tensor.as(stored)));
        return new TrainedModel(card, new Safetensors(tensors));
    }

    private static Map<String, String> facts(TrainingPlan plan, TrainingOutcome outcome, Words words) {
        OptimizationSettings settings = plan.optimization();
        PatchSettings patch = plan.patch();
        CorruptionSettings corruption = plan.corruption();
        TrainingListener.Progress progress = outcome.progress();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("images", words.images());
        facts.put(
                "split",
                "%d to train, %d to validate, %d left for tests, seed %d"
                        .formatted(
                                outcome.split().training().size(),
                                outcome.split().validation().size(),
                                outcome.split().test().size(),
                                plan.seed()));
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
                "JPEG, quality uniform in %d..%d, %s; twice unaligned %s, rescaled %s"
                        .formatted(
                                corruption.minQuality(),
                                corruption.maxQuality(),
                                corruption.subsampling().label(),
                                corruption.doubleShare(),
                                corruption.rescaleShare()));
        facts.put("start", words.start());
        facts.put(
                "steps",
                "%d of %d samples, the kept average is that of step %d"
                        .formatted(progress.step(), progress.samples() / progress.step(), outcome.bestStep()));
        facts.put("time", "%s on %s".formatted(hours(progress.trained()), words.device()));
        facts.put(
                "optimizer",
                "AdamW, rate %s after %d steps of warm-up, falling to %s; weight decay %s, gradient norm %s, EMA %s"
                        .formatted(
                                settings.learningRate(),
                                settings.warmUpSteps(),
                                settings.finalLearningRate(),
                                settings.weightDecay(),
                                settings.maxGradientNorm(),
                                settings.emaDecay()));
        return facts;
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
