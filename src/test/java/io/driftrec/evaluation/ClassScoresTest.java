package io.driftrec.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClassScoresTest {
    @Test
    void shouldRankClassesWhenLogitsDiffer() {
        ClassScores scores = new ClassScores(new float[] {1, 5, 3, 2, 4, 0, -1});

        assertThat(scores.top1()).isEqualTo(1);
        assertThat(scores.isInTop5(0)).isTrue();
        assertThat(scores.isInTop5(5)).isFalse();
        assertThat(scores.isInTop(4, 2)).isTrue();
        assertThat(scores.isInTop(2, 2)).isFalse();
    }

    @Test
    void shouldPreferSmallerIndexWhenLogitsAreEqual() {
        ClassScores scores = new ClassScores(new float[] {0, 2, 2});

        assertThat(scores.top1()).isEqualTo(1);
        assertThat(scores.isInTop(1, 1)).isTrue();
        assertThat(scores.isInTop(2, 1)).isFalse();
    }

    @Test
    void shouldGiveLogarithmOfSoftmaxAsCrossEntropy() {
        ClassScores scores = new ClassScores(new float[] {1000, 1000 + (float) Math.log(3)});

        assertThat(scores.crossEntropy(0)).isCloseTo(Math.log(4), within(1e-4));
        assertThat(scores.crossEntropy(1)).isCloseTo(Math.log(4 / 3.0), within(1e-4));
    }

    @Test
    void shouldRefuseWhatIsNoLogitOrNoClass() {
        assertThatThrownBy(() -> new ClassScores(new float[] {1, Float.NaN})).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new ClassScores(new float[0])).hasMessageContaining("at least one class");
        assertThatThrownBy(() -> new ClassScores(new float[] {1, 2}).crossEntropy(2))
                .hasMessageContaining("0..1, not 2");
    }
}
