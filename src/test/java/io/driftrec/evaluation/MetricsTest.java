package io.driftrec.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftrec.image.Rgb8;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class MetricsTest {
    /** Blocks of 8 columns, alternately 10 and 20. */
    private static final IntBinaryOperator STRIPES = (x, y) -> x / 8 % 2 == 0 ? 10 : 20;

    private static final double STEP = 100 / (255.0 * 255);

    @Test
    void shouldUseOneErrorForAllChannelsWhenPsnrIsTaken() {
        Rgb8 reference = grey(16, 16, (x, y) -> 100);
        byte[] samples = reference.samples().clone();
        for (int i = 0; i < samples.length; i += 3) {
            samples[i] = 106; // red alone: the mean square error is 36 / 3
        }

        assertThat(Psnr.of(new Rgb8(16, 16, samples), reference))
                .isCloseTo(10 * Math.log10(65025 / 12.0), within(1e-12));
        assertThat(Psnr.of(reference, reference)).isInfinite();
    }

    @Test
    void shouldSumChannelsAndCountOneWhenBlocksAreMeasured() {
        // 16x16: one boundary of 16 steps; counted 16 * (2 - 1) columns and as many rows; none inside
        Rgb8 image = grey(16, 16, STRIPES);

        double perChannel = 3.0 / 4 * 16 * STEP / 32;
        assertThat(BlockingEffectFactor.of(image)).isCloseTo(3 * perChannel, within(1e-15));
        assertThat(BlockingEffectFactor.ofChannels(image, 1, 2)).isCloseTo(perChannel, within(1e-15));
    }

    @Test
    void shouldCountOneBoundaryFewerWhenWidthIsNoMultipleOfEight() {
        // 20x16: boundaries behind columns 7 and 15 are summed, 16 * (2 - 1) + 20 * (2 - 1) are counted
        Rgb8 image = grey(20, 16, STRIPES);

        double expected = 3.0 / 4 * 3 * 32 * STEP / 36;
        assertThat(BlockingEffectFactor.of(image)).isCloseTo(expected, within(1e-15));
    }

    @Test
    void shouldSubtractTheStepsInsideBlocksWhenTextureIsEverywhere() {
        // every column differs from the next by 10: 16 boundary steps over 32, 14 * 16 others over 480 - 32
        Rgb8 image = grey(16, 16, (x, y) -> x % 2 == 0 ? 10 : 20);

        assertThat(BlockingEffectFactor.of(image)).isZero();
        Rgb8 stronger = grey(16, 16, (x, y) -> (x % 2 == 0 ? 10 : 20) + (x < 8 ? 0 : 30));
        // the step behind column 7 is 20 to 40; the others stay at 10
        double boundary = 16 * 4 * STEP / 32;
        double inside = 14 * 16 * STEP / 448;
        assertThat(BlockingEffectFactor.of(stronger)).isCloseTo(3.0 / 4 * 3 * (boundary - inside), within(1e-15));
    }

    @Test
    void shouldBeZeroWhenImageIsFlatOrHasNoCountedBoundary() {
        assertThat(BlockingEffectFactor.of(grey(64, 64, (x, y) -> 7))).isZero();
        assertThat(BlockingEffectFactor.of(grey(15, 15, STRIPES))).isZero();
        assertThat(BlockingEffectFactor.of(grey(1, 1, (x, y) -> 7))).isZero();
    }

    @Test
    void shouldAddTheFactorOfTheRestoredImageOnlyWhenPsnrBIsTaken() {
        Rgb8 blocky = grey(16, 16, STRIPES);
        Rgb8 flat = grey(16, 16, (x, y) -> 15);

        double mse = 25 / (255.0 * 255);
        double factor = 3.0 / 4 * 16 * STEP / 32;
        assertThat(PsnrB.of(blocky, flat)).isCloseTo(10 * Math.log10(1 / (mse + factor)), within(1e-12));
        assertThat(PsnrB.of(flat, blocky)).isCloseTo(10 * Math.log10(1 / mse), within(1e-12));
    }

    @Test
    void shouldAverageDecibelsOverChannelsWhenPsnrBIsTaken() {
        Rgb8 reference = grey(16, 16, (x, y) -> 100);
        byte[] samples = reference.samples().clone();
        for (int i = 0; i < samples.length; i += 3) {
            samples[i] = 101;
            samples[i + 1] = 110;
            samples[i + 2] = 98;
        }
        Rgb8 restored = new Rgb8(16, 16, samples);

        double peak = 10 * Math.log10(65025);
        double expected = peak - (10 * Math.log10(1) + 10 * Math.log10(100) + 10 * Math.log10(4)) / 3;
        assertThat(PsnrB.of(restored, reference)).isCloseTo(expected, within(1e-12));
        assertThat(PsnrB.of(restored, reference)).isGreaterThan(Psnr.of(restored, reference));
    }

    @Test
    void shouldEqualTheFormulaWhenSsimHasOneWindow() {
        // x: 0 and 162 alternating in columns; y: the same plus 10
        Rgb8 x = grey(9, 9, (column, row) -> column % 2 == 0 ? 162 : 0);
        Rgb8 y = grey(9, 9, (column, row) -> column % 2 == 0 ? 172 : 10);

        double mean = 5 * 162 / 9.0;
        double variance = 81.0 / 80 * (5 * 162 * 162 / 9.0 - mean * mean);
        double c1 = 2.55 * 2.55;
        double c2 = 7.65 * 7.65;
        double expected = (2 * mean * (mean + 10) + c1)
                * (2 * variance + c2)
                / ((mean * mean + (mean + 10) * (mean + 10) + c1) * (2 * variance + c2));
        assertThat(Ssim.of(x, y)).isCloseTo(expected, within(1e-12));
        assertThat(Ssim.of(x, x)).isCloseTo(1, within(1e-15));
    }

    @Test
    void shouldRefuseWhenSizesDoNotFit() {
        Rgb8 small = grey(8, 20, STRIPES);
        assertThatThrownBy(() -> Ssim.of(small, small))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("image is 8x20: SSIM needs sides of at least 9");
        assertThatThrownBy(() -> Psnr.of(small, grey(20, 8, STRIPES)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("restored image is 8x20, its reference 20x8: sizes must agree");
    }

    private static Rgb8 grey(int width, int height, IntBinaryOperator level) {
        byte[] samples = new byte[3 * width * height];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) level.applyAsInt(i / 3 % width, i / 3 / width);
        }
        return new Rgb8(width, height, samples);
    }
}
