package io.driftrec.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.driftrec.image.ChromaSubsampling;
import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.JpegCorruption;
import io.driftrec.image.Picture;
import io.driftrec.image.Rgb8;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static final Picture CLEAN = TestImages.picture(60, 44, 1);

    @Test
    void shouldCompressOnceAndShowTheWholeImage() {
        Condition condition = new Condition.Single(10, ChromaSubsampling.CHROMA_444);

        assertThat(condition.id()).isEqualTo("q10-444");
        assertThat(condition.title()).isEqualTo("JPEG quality 10, 4:4:4");
        assertThat(condition.jpeg(CLEAN, 5))
                .isEqualTo(JpegCorruption.compress(CLEAN, 10, ChromaSubsampling.CHROMA_444));
        assertThat(condition.shown(CLEAN, 5)).isSameAs(CLEAN);
    }

    @Test
    void shouldCropTheReferenceLikeTheTwiceCompressedImage() throws Exception {
        Condition condition =
                new Condition.UnalignedDouble(90, 95, new Shift.Fixed(4, 3), ChromaSubsampling.CHROMA_444);

        Picture damaged = ImageDecoder.decode(condition.jpeg(CLEAN, 1), ImageLimits.DEFAULT);
        Picture reference = condition.shown(CLEAN, 1);

        assertThat(condition.id()).isEqualTo("double-90-95-shift-4-3-444");
        assertThat(reference.width()).isEqualTo(56).isEqualTo(damaged.width());
        assertThat(reference.height()).isEqualTo(41).isEqualTo(damaged.height());
        assertThat(Rgb8.of(reference).samples())
                .isEqualTo(Rgb8.of(CLEAN.crop(4, 3, 56, 41)).samples());
        assertThat(meanDifference(damaged, reference))
                .as("nearer than the same size cut elsewhere")
                .isLessThan(0.7 * meanDifference(damaged, CLEAN.crop(0, 0, 56, 41)))
                .isLessThan(0.7 * meanDifference(damaged, CLEAN.crop(3, 3, 56, 41)));
    }

    @Test
    void shouldDamageAlikeForTheSameSeedAndShiftByUpToFourPixelsForOthers() {
        Condition condition = new Condition.UnalignedDouble(30, 10, new Shift.Drawn(), ChromaSubsampling.CHROMA_420);
        Set<Shift.Offset> shifts = new HashSet<>();

        for (long seed = 0; seed < 300; seed++) {
            shifts.add(new Shift.Drawn().of(seed));
        }

        assertThat(condition.id()).isEqualTo("double-30-10");
        assertThat(condition.jpeg(CLEAN, 7)).isEqualTo(condition.jpeg(CLEAN, 7));
        assertThat(shifts).hasSize(25).allSatisfy(shift -> {
            assertThat(shift.x()).isBetween(0, 4);
            assertThat(shift.y()).isBetween(0, 4);
        });
    }

    @Test
    void shouldReadShifts() {
        assertThat(Shift.parse("random")).isEqualTo(new Shift.Drawn());
        assertThat(Shift.parse("4,0")).isEqualTo(new Shift.Fixed(4, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shift.parse("8,0"))
                .withMessageContaining("8,0")
                .withMessageContaining("0 to 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "4;4", "-1,2", "a,b"})
    void shouldRefuseWhatIsNoShift(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shift.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void shouldRefuseQualitiesThatThereAreNot() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Condition.Single(101, ChromaSubsampling.CHROMA_420))
                .withMessageContaining("101");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Condition.UnalignedDouble(-1, 5, new Shift.Drawn(), ChromaSubsampling.CHROMA_420))
                .withMessageContaining("-1");
    }

    private static double meanDifference(Picture a, Picture b) {
        double sum = 0;
        for (int i = 0; i < a.planes().length; i++) {
            sum += Math.abs(a.planes()[i] - b.planes()[i]);
        }
        return sum / a.planes().length;
    }
}
