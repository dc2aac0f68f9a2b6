package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReflectPaddingTest {
    @Test
    void shouldReflectAboutTheLastPixelWhenTheImageIsLargerThanItsPadding() {
        float[] planes = {1, 2, 3, 4, 5, 6, 7, 8, 9};

        float[] padded = ReflectPadding.pad(planes, 3, 3, 4, 5);

        assertThat(padded).containsExactly(1, 2, 3, 2, 1, 4, 5, 6, 5, 4, 7, 8, 9, 8, 7, 4, 5, 6, 5, 4);
    }

    @Test
    void shouldReflectAgainAndAgainWhenTheImageIsSmallerThanItsPadding() {
        float[] padded = ReflectPadding.pad(new float[] {1, 2, 3}, 1, 3, 1, 10);

        assertThat(padded).containsExactly(1, 2, 3, 2, 1, 2, 3, 2, 1, 2);
    }

    @Test
    void shouldRepeatThePixelWhenThereIsOnlyOnePerChannel() {
        float[] padded = ReflectPadding.pad(new float[] {1, 2, 3}, 1, 1, 2, 2);

        assertThat(padded).containsExactly(1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    }

    @Test
    void shouldReturnTheSameArrayWhenThereIsNothingToPad() {
        float[] planes = new float[3 * 64 * 64];

        assertThat(ReflectPadding.pad(planes, 64, 64, 64, 64)).isSameAs(planes);
    }

    @Test
    void shouldRoundSizesUpToTheMultiple() {
        assertThat(ReflectPadding.padded(1, 64)).isEqualTo(64);
        assertThat(ReflectPadding.padded(64, 64)).isEqualTo(64);
        assertThat(ReflectPadding.padded(65, 64)).isEqualTo(128);
    }
}
