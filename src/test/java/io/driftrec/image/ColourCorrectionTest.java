package io.driftrec.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ColourCorrectionTest {
    @Test
    void shouldShiftEachChannelByItsOwnMeanWhenColoursDrifted() {
        float[] restored = {0.25f, 0.75f, 0f, 0.5f, 1f, 1f};
        float[] corrupted = {0.25f, 0.25f, 0.5f, 0.5f, 0f, 0.5f};

        ColourCorrection.matchMeans(restored, corrupted);

        assertThat(restored).containsExactly(0f, 0.5f, 0.25f, 0.75f, 0.25f, 0.25f);
    }

    @Test
    void shouldMatchMeansExactlyWhenPictureIsLarge() {
        int pixels = 1_000_000;
        float[] restored = new float[3 * pixels];
        float[] corrupted = new float[3 * pixels];
        for (int i = 0; i < restored.length; i++) {
            restored[i] = i % 997 / 997f;
            corrupted[i] = i % 1009 / 2018f;
        }

        ColourCorrection.matchMeans(restored, corrupted);

        for (int channel = 0; channel < 3; channel++) {
            double difference = 0;
            for (int i = channel * pixels; i < (channel + 1) * pixels; i++) {
                difference += restored[i] - corrupted[i];
            }
            assertThat(difference / pixels).isCloseTo(0, within(1e-7));
        }
    }

    @Test
    void shouldRefuseWhenSizesDiffer() {
        assertThatThrownBy(() -> ColourCorrection.matchMeans(new float[6], new float[9]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("restored has 6 samples, corrupted 9");
    }
}
