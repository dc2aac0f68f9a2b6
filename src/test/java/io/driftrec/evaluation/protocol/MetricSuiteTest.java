package io.driftrec.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.offset;

import io.driftrec.evaluation.ClassScores;
import io.driftrec.evaluation.Classifier;
import io.driftrec.evaluation.FeatureExtractor;
import io.driftrec.evaluation.protocol.MethodIdentity.Role;
import io.driftrec.image.ChromaSubsampling;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.Rgb8;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricSuiteTest {
    @TempDir
    private Path directory;

    @Test
    void shouldHaveColumnsWithoutWeightsThatSayTheyAreNotAvailable() {
        List<MetricColumn> columns = new MetricSuite(List.of(), List.of(), List.of()).columns();

        assertThat(columns)
                .extracting(MetricColumn::key)
                .containsExactly("psnr", "ssim", "psnrB", "bef", "LPIPS", "FID", "KID");
        assertThat(columns.stream().filter(column -> !column.isAvailable()))
                .extracting(MetricColumn::key)
                .containsExactly("LPIPS", "FID", "KID");
        assertThat(columns.get(3).shown(0.0012)).isEqualTo(12, offset(1e-9));
    }

    @Test
    void shouldClassifyImagesWithALabelOnly() throws Exception {
        MetricSuite suite = new MetricSuite(List.of(), List.of(), List.of(new Bright()));

        assertThat(suite.measure(reference(OptionalInt.of(1)), damaged(OptionalInt.of(1)), Role.CLEAN)
                        .values())
                .contains(entry("Bright top-1", 1.0), entry("Bright top-5", 1.0))
                .hasEntrySatisfying("Bright cross-entropy", it -> assertThat(it)
                        .isEqualTo(Math.log(1 + Math.exp(-2)), offset(1e-6)));
        assertThat(suite.measure(reference(OptionalInt.of(0)), damaged(OptionalInt.of(0)), Role.CLEAN)
                        .values())
                .contains(entry("Bright top-1", 0.0), entry("Bright top-5", 1.0));
        assertThat(suite.measure(reference(OptionalInt.empty()), damaged(OptionalInt.empty()), Role.CLEAN)
                        .values())
                .containsOnlyKeys("bef");
    }

    @Test
    void shouldRefuseTwoMetricsOfOneName() {
        List<Classifier> twice = List.of(new Bright(), new Bright());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetricSuite(List.of(), List.of(), twice))
                .withMessageContaining("Bright");
    }

    @Test
    void shouldMeasureDistancesBetweenSetsOfTwoAndMore() throws Exception {
        MetricSuite suite = new MetricSuite(List.of(), List.of(new Mean()), List.of());
        Measurement one = suite.measure(flat(10), damaged(OptionalInt.empty()), Role.CLEAN);
        Measurement other = suite.measure(flat(30), damaged(OptionalInt.empty()), Role.CLEAN);
        Measurement shifted = suite.measure(flat(40), damaged(OptionalInt.empty()), Role.CLEAN);

        assertThat(suite.setDistances(List.of(one), List.of(other))).isEmpty();
        assertThat(suite.setDistances(List.of(one, other), List.of(one, other)).get("FD-Mean"))
                .isEqualTo(0, offset(1e-9));
        // means 20 and 35, variances 200 and 50
        assertThat(suite.setDistances(List.of(one, other), List.of(other, shifted))
                        .get("FD-Mean"))
                .isEqualTo(15 * 15 + 200 + 50 - 2 * Math.sqrt(200 * 50), offset(1e-3));
        assertThat(suite.columns()).extracting(MetricColumn::key).contains("FD-Mean", "KD-Mean", "FID", "KID");
    }

    private DamagedImage damaged(OptionalInt label) throws Exception {
        Path file = TestImages.write(directory.resolve("a.png"), 40, 32, 1);
        return DamagedImage.of(
                CleanImage.read("a", file, label),
                new Condition.Single(10, ChromaSubsampling.CHROMA_420),
                1,
                OptionalInt.empty(),
                ImageLimits.DEFAULT);
    }

    private Rgb8 reference(OptionalInt label) throws Exception {
        return damaged(label).reference();
    }

    private static Rgb8 flat(int level) {
        byte[] samples = new byte[3 * 40 * 32];
        java.util.Arrays.fill(samples, (byte) level);
        return new Rgb8(40, 32, samples);
    }

    /** Says that everything is of class 1. */
    private static final class Bright implements Classifier {
        @Override
        public String name() {
            return "Bright";
        }

        @Override
        public ClassScores classify(Rgb8 image) {
            return new ClassScores(new float[] {0, 2});
        }
    }

    /** One feature: the first sample. */
    private static final class Mean implements FeatureExtractor {
        @Override
        public String name() {
            return "Mean";
        }

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public int smallestSide() {
            return 1;
        }

        @Override
        public float[] features(Rgb8 image) {
            return new float[] {image.sample(0, 0)};
        }
    }
}
