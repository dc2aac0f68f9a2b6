package io.driftrec.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftrec.network.FormulaWeights;
import io.driftrec.network.TensorEngine;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every network that recognises images, with weights by a formula, against PyTorch in double precision. */
class RecognitionGoldenTest {
    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);
    private static final double TOLERANCE = 1e-4;

    private final RecognitionGoldens goldens;

    RecognitionGoldenTest() throws IOException {
        goldens = RecognitionGoldens.load();
    }

    @ParameterizedTest
    @ValueSource(strings = {"q5", "q10", "q30"})
    void shouldEqualLpipsWhenBackboneIsAlexNet(String quality) throws IOException {
        try (Lpips lpips = Lpips.alexNet(ENGINE, FormulaWeights.of("alexnet-lpips"))) {
            double distance =
                    lpips.distance(RecognitionGoldens.image(quality + ".jpg"), RecognitionGoldens.image("clean.png"));

            assertThat(distance).isCloseTo(goldens.number("formula.lpips-alex." + quality), within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"q5", "q10", "q30"})
    void shouldEqualLpipsWhenBackboneIsSqueezeNet(String quality) throws IOException {
        try (Lpips lpips = Lpips.squeezeNet(ENGINE, FormulaWeights.of("squeezenet-1.1-lpips"))) {
            double distance =
                    lpips.distance(RecognitionGoldens.image(quality + ".jpg"), RecognitionGoldens.image("clean.png"));

            assertThat(distance).isCloseTo(goldens.number("formula.lpips-squeeze." + quality), within(1e-5));
        }
    }

    @Test
    void shouldEqualInceptionFeatures() throws IOException {
        try (FeatureExtractor inception = NetworkFeatures.inception(ENGINE, FormulaWeights.of("inception-v3-fid"))) {
            float[] features = inception.features(RecognitionGoldens.image("q10.jpg"));

            assertThat(inception.dimension()).isEqualTo(2048);
            goldens.assertEqual(features, "formula.inception.features", TOLERANCE);
            assertThat(inception.frechetName()).isEqualTo("FID");
            assertThat(inception.kernelName()).isEqualTo("KID");
        }
    }

    @Test
    void shouldEqualSqueezeNetFeatures() throws IOException {
        try (FeatureExtractor squeezeNet =
                NetworkFeatures.squeezeNet(ENGINE, FormulaWeights.of("squeezenet-1.1-lpips"))) {
            float[] features = squeezeNet.features(RecognitionGoldens.image("q10.jpg"));

            assertThat(squeezeNet.dimension()).isEqualTo(512);
            goldens.assertEqual(features, "formula.squeezenet.features", TOLERANCE);
            assertThat(squeezeNet.frechetName()).isEqualTo("FD-SqueezeNet");
            assertThat(squeezeNet.kernelName()).isEqualTo("KD-SqueezeNet");
        }
    }

    @Test
    void shouldEqualMobileNetFeatures() throws IOException {
        try (FeatureExtractor mobileNet = NetworkFeatures.mobileNet(ENGINE, FormulaWeights.of("mobilenet-v1-0.75"))) {
            float[] features = mobileNet.features(RecognitionGoldens.image("q10.jpg"));

            assertThat(mobileNet.dimension()).isEqualTo(768);
            goldens.assertEqual(features, "formula.mobilenet.features", TOLERANCE);
        }
    }

    @Test
    void shouldEqualSqueezeNetLogits() throws IOException {
        try (Classifier squeezeNet = NetworkClassifier.squeezeNet(ENGINE, FormulaWeights.of("squeezenet-1.1-lpips"))) {
            ClassScores scores = squeezeNet.classify(RecognitionGoldens.image("clean.png"));

            goldens.assertEqual(RecognitionGoldens.logits(scores), "formula.squeezenet.logits", TOLERANCE);
        }
    }

    @Test
    void shouldEqualMobileNetLogits() throws IOException {
        try (Classifier mobileNet = NetworkClassifier.mobileNet(ENGINE, FormulaWeights.of("mobilenet-v1-0.75"))) {
            ClassScores scores = mobileNet.classify(RecognitionGoldens.image("clean.png"));

            goldens.assertEqual(RecognitionGoldens.logits(scores), "formula.mobilenet.logits", TOLERANCE);
        }
    }
}
