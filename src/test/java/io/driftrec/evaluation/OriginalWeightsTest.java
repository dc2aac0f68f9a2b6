package io.driftrec.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftrec.network.TensorEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** LPIPS and classifiers with their authors' weights, where these are at hand, against PyTorch in double precision. */
@EnabledIfEnvironmentVariable(
        named = "DRIFTREC_METRIC_WEIGHTS",
        matches = ".+",
        disabledReason = "DRIFTREC_METRIC_WEIGHTS names no directory of weights, which are not part of this project")
class OriginalWeightsTest {
    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);

    private final RecognitionGoldens goldens;
    private final MetricWeights weights;

    OriginalWeightsTest() throws IOException {
        goldens = RecognitionGoldens.load();
        weights = MetricWeights.in(Path.of(System.getenv("DRIFTREC_METRIC_WEIGHTS")));
    }

    @Test
    void shouldEqualLpipsOfOriginalWeights() throws IOException {
        List<PerceptualMetric> metrics = weights.perceptualMetrics(ENGINE);
        assertThat(metrics).extracting(PerceptualMetric::name).containsExactly("LPIPS", "LPIPS-Squeeze");
        for (String quality : List.of("q5", "q10", "q30")) {
            assertThat(distance(metrics.get(0), quality))
                    .isCloseTo(goldens.number("original.lpips-alex." + quality), within(1e-5));
            assertThat(distance(metrics.get(1), quality))
                    .isCloseTo(goldens.number("original.lpips-squeeze." + quality), within(1e-5));
        }
        metrics.forEach(PerceptualMetric::close);
    }

    private static double distance(PerceptualMetric metric, String quality) throws IOException {
        return metric.distance(RecognitionGoldens.image(quality + ".jpg"), RecognitionGoldens.image("clean.png"));
    }

    @Test
    void shouldEqualLogitsOfOriginalWeights() throws IOException {
        List<Classifier> classifiers = weights.classifiers(ENGINE);
        assertThat(classifiers).extracting(Classifier::name).containsExactly("SqueezeNet", "MobileNet");
        for (Classifier classifier : classifiers) {
            ClassScores scores = classifier.classify(RecognitionGoldens.image("clean.png"));

            String golden = "original.%s.logits".formatted(classifier.name().toLowerCase(Locale.ROOT));
            goldens.assertEqual(RecognitionGoldens.logits(scores), golden, 1e-4);
            assertThat(scores.top1()).as("a kind of cat").isBetween(281, 287);
            classifier.close();
        }
    }

    @Test
    void shouldEqualFeaturesOfOriginalWeights() throws IOException {
        for (FeatureExtractor extractor : weights.featureExtractors(ENGINE)) {
            if (!extractor.name().equals("Inception")) { // whose original weights gave no golden values
                float[] features = extractor.features(RecognitionGoldens.image("q10.jpg"));
                String golden =
                        "original.%s.features".formatted(extractor.name().toLowerCase(Locale.ROOT));
                goldens.assertEqual(features, golden, 1e-4);
            }
            extractor.close();
        }
    }
}
