package io.driftrec.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.image.Rgb8;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilinearResizeTest {
    @ParameterizedTest
    @CsvSource({"61, 43", "150, 31", "40, 170"})
    void shouldEqualPillowWhenImageIsResized(int width, int height) throws IOException {
        ByteBuffer expected = RecognitionGoldens.load()
                .tensor("resize_%dx%d".formatted(width, height))
                .data();

        Rgb8 resized = BilinearResize.of(RecognitionGoldens.image("clean.png"), width, height);

        assertThat(ByteBuffer.wrap(resized.samples())).isEqualTo(expected);
    }

    @Test
    void shouldKeepImageWhenSizeIsTheSame() throws IOException {
        Rgb8 image = RecognitionGoldens.image("clean.png");

        assertThat(BilinearResize.of(image, image.width(), image.height())).isSameAs(image);
    }

    @Test
    void shouldRefuseSizeWithoutPixels() throws IOException {
        Rgb8 image = RecognitionGoldens.image("clean.png");

        assertThatThrownBy(() -> BilinearResize.of(image, 10, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10x0");
    }
}
