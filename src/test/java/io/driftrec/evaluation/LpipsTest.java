package io.driftrec.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.image.Rgb8;
import io.driftrec.network.FormulaWeights;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.Safetensors;
import io.driftrec.network.Tensor;
import io.driftrec.network.TensorEngine;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LpipsTest {
    private static final TensorEngine ENGINE = TensorEngine.start("cpu", 1);
    private static final Safetensors WEIGHTS = FormulaWeights.of("alexnet-lpips");

    @Test
    void shouldBeZeroForEqualImagesAndTheSameForBothOrders() throws IOException {
        Rgb8 clean = RecognitionGoldens.image("clean.png");
        Rgb8 compressed = RecognitionGoldens.image("q10.jpg");
        try (Lpips lpips = Lpips.alexNet(ENGINE, WEIGHTS)) {
            assertThat(lpips.distance(clean, clean)).isZero();
            assertThat(lpips.distance(clean, compressed)).isEqualTo(lpips.distance(compressed, clean));
        }
    }

    @Test
    void shouldTakeSmallestImageAndRefuseSmallerOnes() {
        int side = Lpips.SMALLEST_SIDE;
        try (Lpips alexNet = Lpips.alexNet(ENGINE, WEIGHTS);
                Lpips squeezeNet = Lpips.squeezeNet(ENGINE, FormulaWeights.of("squeezenet-1.1-lpips"))) {
            for (Lpips lpips : List.of(alexNet, squeezeNet)) {
                assertThat(lpips.distance(grey(side, side, 100), grey(side, side, 200)))
                        .isPositive();
                assertThatThrownBy(() -> lpips.distance(grey(99, side - 1, 0), grey(99, side - 1, 0)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("99x30: LPIPS needs sides of at least 31");
            }
        }
    }

    @Test
    void shouldRefuseImagesOfDifferentSizes() {
        try (Lpips lpips = Lpips.alexNet(ENGINE, WEIGHTS)) {
            assertThatThrownBy(() -> lpips.distance(grey(40, 40, 0), grey(40, 41, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("40x41");
        }
    }

    @Test
    void shouldRefuseWeightsOfAnotherNetwork() {
        assertThatThrownBy(() -> Lpips.alexNet(ENGINE, FormulaWeights.of("squeezenet-1.1-lpips")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("features.0.weight");
        assertThatThrownBy(() -> Lpips.squeezeNet(ENGINE, WEIGHTS))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("features.0.weight");
    }

    @Test
    void shouldRefuseHeadOfAnotherShape() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(WEIGHTS.tensors());
        tensors.put("lpips.lin2.weight", Tensor.of(List.of(1L, 2L, 1L, 1L), 1, 1));

        assertThatThrownBy(() -> Lpips.alexNet(ENGINE, new Safetensors(tensors)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("\"lpips.lin2.weight\" has shape [1, 2, 1, 1], not [1, 384, 1, 1]");
    }

    private static Rgb8 grey(int width, int height, int level) {
        byte[] samples = new byte[3 * width * height];
        Arrays.fill(samples, (byte) level);
        return new Rgb8(width, height, samples);
    }
}
