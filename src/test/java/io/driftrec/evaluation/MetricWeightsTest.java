package io.driftrec.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.network.FormulaWeights;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.Safetensors;
import io.driftrec.network.TensorEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricWeightsTest {
    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);

    @TempDir
    private Path folder;

    @Test
    void shouldOpenWhatIsThereAndNameWhatIsNot() throws IOException {
        FormulaWeights.of("squeezenet-1.1-lpips").write(folder.resolve("squeezenet1_1_lpips_v0.1.safetensors"));
        MetricWeights weights = MetricWeights.in(folder);

        List<PerceptualMetric> metrics = weights.perceptualMetrics(ENGINE);
        List<FeatureExtractor> extractors = weights.featureExtractors(ENGINE);
        List<Classifier> classifiers = weights.classifiers(ENGINE);

        assertThat(metrics).extracting(PerceptualMetric::name).containsExactly("LPIPS-Squeeze");
        assertThat(extractors).extracting(FeatureExtractor::name).containsExactly("SqueezeNet");
        assertThat(classifiers).extracting(Classifier::name).containsExactly("SqueezeNet");
        assertThat(weights.missing())
                .extracting(MetricWeights.Missing::toString)
                .containsExactly(
                        "LPIPS: lpips_alex_v0.1.safetensors is missing",
                        "FID, KID: pt_inception-2015-12-05.safetensors is missing",
                        "FD-MobileNet, KD-MobileNet: mobilenet_v1_0.75_224.safetensors is missing",
                        "MobileNet's classes: mobilenet_v1_0.75_224.safetensors is missing");
        metrics.forEach(PerceptualMetric::close);
        extractors.forEach(FeatureExtractor::close);
        classifiers.forEach(Classifier::close);
    }

    @Test
    void shouldOpenNothingWhenThereAreNoWeights() throws IOException {
        MetricWeights weights = MetricWeights.none();

        assertThat(weights.perceptualMetrics(ENGINE)).isEmpty();
        assertThat(weights.featureExtractors(ENGINE)).isEmpty();
        assertThat(weights.classifiers(ENGINE)).isEmpty();
        assertThat(weights.missing()).hasSize(7);
    }

    @Test
    void shouldRefuseFileOfAnotherNetworkWithItsName() throws IOException {
        Path file = folder.resolve("lpips_alex_v0.1.safetensors");
        new Safetensors(Map.of()).write(file);

        assertThatThrownBy(() -> MetricWeights.in(folder).perceptualMetrics(ENGINE))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("features.0.weight");
    }

    @Test
    void shouldKnowAClassifierByItsWeightsWhateverTheFilesName() throws IOException {
        Path file = folder.resolve("mine.safetensors");
        FormulaWeights.of("mobilenet-v1-0.75").write(file);

        try (Classifier classifier = MetricWeights.classifier(ENGINE, file)) {
            assertThat(classifier.name()).isEqualTo("MobileNet");
        }
        new Safetensors(Map.of()).write(file);
        assertThatThrownBy(() -> MetricWeights.classifier(ENGINE, file))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("mine.safetensors has the weights of no known classifier")
                .hasMessageContaining("SqueezeNet's classes");
    }

    @Test
    void shouldRefuseDirectoryThatIsNone() {
        assertThatThrownBy(() -> MetricWeights.in(folder.resolve("nowhere")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere");
    }
}
