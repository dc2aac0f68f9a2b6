package io.driftrec.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Rgb8;
import io.driftrec.network.Safetensors;
import io.driftrec.network.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** What networks that recognise images said of the test images when PyTorch ran them. */
final class RecognitionGoldens {
    private final Safetensors values;

    private RecognitionGoldens(Safetensors values) {
        this.values = values;
    }

    static RecognitionGoldens load() throws IOException {
        try (InputStream in = resource("/evaluation/recognition.safetensors")) {
            return new RecognitionGoldens(Safetensors.read(in));
        }
    }

    Tensor tensor(String name) {
        return values.tensor(name);
    }

    double number(String name) {
        return values.tensor(name).data().getDouble(0);
    }

    /** Asserts that the values differ by less than {@code tolerance} times the largest expected one. */
    void assertEqual(float[] actual, String name, double tolerance) {
        float[] expected = values.tensor(name).toFloats();
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(actual[i] - expected[i]));
        }
        assertThat(error / largest).as(name).isLessThan(tolerance);
    }

    static float[] logits(ClassScores scores) {
        float[] logits = new float[scores.classes()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = scores.logit(i);
        }
        return logits;
    }

    /** One of the images that JPEG tests have, such as {@code clean.png}. */
    static Rgb8 image(String name) throws IOException {
        try (InputStream in = resource("/image/jpeg/" + name)) {
            return Rgb8.of(ImageDecoder.decode(in.readAllBytes(), ImageLimits.DEFAULT));
        } catch (ImageRejectedException e) {
            throw new IOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(RecognitionGoldens.class.getResourceAsStream(name), name);
    }
}
