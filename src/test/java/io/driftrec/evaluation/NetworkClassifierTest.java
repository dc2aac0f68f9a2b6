package io.driftrec.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftrec.image.Rgb8;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.TensorEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier from somebody's TorchScript file. */
class NetworkClassifierTest {
    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);
    private static final ClassifierInput INPUT =
            new ClassifierInput(48, 32, new ImageNormalization(List.of(.5, .4, .3), List.of(.2, .3, .25)));

    @TempDir
    private Path folder;

    @Test
    void shouldEqualPyTorchWhenFileIsTorchScript() throws IOException {
        float[] expected = {-.3079f, -.9540f, .5174f, -1.1987f, .5454f, .1617f, .6250f};

        try (Classifier classifier = NetworkClassifier.torchScript("mine", ENGINE, resource("classifier.pt"), INPUT)) {
            ClassScores scores = classifier.classify(RecognitionGoldens.image("clean.png"));

            assertThat(classifier.name()).isEqualTo("mine");
            assertThat(RecognitionGoldens.logits(scores)).containsExactly(expected, within(1e-3f));
            assertThat(scores.top1()).isEqualTo(6);
        }
    }

    @Test
    void shouldResizeImageWhenItIsSmallerThanTheInput() throws IOException {
        try (Classifier classifier = NetworkClassifier.torchScript("mine", ENGINE, resource("classifier.pt"), INPUT)) {
            assertThat(classifier.classify(new Rgb8(3, 5, new byte[45])).classes())
                    .isEqualTo(7);
        }
    }

    @Test
    void shouldRefuseFileThatReturnsMoreThanLogits() throws IOException {
        Rgb8 image = RecognitionGoldens.image("clean.png");
        try (Classifier classifier = NetworkClassifier.torchScript("mine", ENGINE, resource("two-outputs.pt"), INPUT)) {
            assertThatThrownBy(() -> classifier.classify(image)).isInstanceOf(InvalidModelException.class);
        }
    }

    @Test
    void shouldRefuseFileThatIsNoTorchScript() throws IOException {
        Path file = Files.writeString(folder.resolve("x.pt"), "not a zip");

        assertThatThrownBy(() -> NetworkClassifier.torchScript("mine", ENGINE, file, INPUT))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> NetworkClassifier.torchScript("mine", ENGINE, folder.resolve("none.pt"), INPUT))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldRefuseInputThatCannotBePrepared() {
        assertThatThrownBy(() -> new ClassifierInput(200, 224, ImageNormalization.UNIT))
                .hasMessageContaining("crop 224, resize 200");
        assertThatThrownBy(() -> new ImageNormalization(List.of(0.0, 0.0), List.of(1.0, 1.0, 1.0)))
                .hasMessageContaining("[0.0, 0.0]");
        assertThatThrownBy(() -> new ImageNormalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 0.0, 1.0)))
                .hasMessageContaining("std must be three numbers above 0, not [1.0, 0.0, 1.0]");
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = NetworkClassifierTest.class.getResourceAsStream("/evaluation/" + name)) {
            Files.copy(Objects.requireNonNull(in, name), file);
        }
        return file;
    }
}
