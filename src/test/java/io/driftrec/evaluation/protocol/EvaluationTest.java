package io.driftrec.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.batch.ProgressListener;
import io.driftrec.evaluation.PerceptualMetric;
import io.driftrec.image.ChromaSubsampling;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.Rgb8;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    private static final Condition Q10 = new Condition.Single(10, ChromaSubsampling.CHROMA_420);
    private static final Condition TWICE =
            new Condition.UnalignedDouble(10, 30, new Shift.Drawn(), ChromaSubsampling.CHROMA_420);
    private static final MetricSuite PLAIN = new MetricSuite(List.of(), List.of(), List.of());

    @TempDir
    private Path directory;

    private final List<CleanImage> images = new ArrayList<>();
    private final CountedMethod method = new CountedMethod("model/2m:10");
    private final List<CellKey> ended = new ArrayList<>();

    @BeforeEach
    void writeImages() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            images.add(TestImages.clean(directory.resolve("clean"), name, name.hashCode()));
        }
    }

    @Test
    void shouldMeasureEveryImageUnderEveryConditionAndMethod() throws Exception {
        try (Journal journal = evaluate(PLAIN, Set.of(), List.of(Q10, TWICE), images)) {
            assertThat(method.asked)
                    .containsExactly("q10 a", "q10 b", "q10 c", "double-10-30 a", "double-10-30 b", "double-10-30 c");
            assertThat(ended).hasSize(2 * 3 * 3).doesNotHaveDuplicates();
            Map<String, Double> jpeg = values(journal, "q10", "a", "jpeg");
            Map<String, Double> restored = values(journal, "double-10-30", "a", "model/2m:10");
            assertThat(jpeg.get("psnr")).isBetween(10.0, 40.0);
            assertThat(jpeg.get("bitsPerPixel")).isPositive();
            assertThat(restored.get("psnr"))
                    .as("the reference, cropped likewise")
                    .isInfinite();
            assertThat(restored.get("ssim")).isEqualTo(1);
            assertThat(values(journal, "q10", "a", "clean")).containsOnlyKeys("bef");
        }
    }

    @Test
    void shouldDrawTheSameSeedsWhateverTheOrderAndTheOtherImages() throws Exception {
        evaluate(PLAIN, Set.of(), List.of(Q10, TWICE), images).close();
        List<Long> all = List.copyOf(method.seeds);
        method.seeds.clear();
        Files.delete(directory.resolve("journal.jsonl"));

        evaluate(PLAIN, Set.of(), List.of(TWICE, Q10), List.of(images.get(2), images.get(1)))
                .close();

        assertThat(all).doesNotHaveDuplicates();
        assertThat(method.seeds).containsExactly(all.get(5), all.get(4), all.get(2), all.get(1));
    }

    @Test
    void shouldNotDoAgainWhatIsDone() throws Exception {
        evaluate(PLAIN, Set.of(), List.of(Q10), images.subList(0, 2)).close();
        method.asked.clear();
        ended.clear();

        evaluate(PLAIN, Set.of(), List.of(Q10), images).close();

        assertThat(method.asked).containsExactly("q10 c");
        assertThat(ended).as("for the progress, what was done counts").hasSize(9);
    }

    @Test
    void shouldGoOnAfterAFailureAndTryItAgainTheNextTime() throws Exception {
        method.failing = "b";
        try (Journal journal = evaluate(PLAIN, Set.of(), List.of(Q10), images)) {
            assertThat(journal.find(new CellKey("q10", "b", "model/2m:10"))
                            .orElseThrow()
                            .failure())
                    .contains("told to fail");
            assertThat(values(journal, "q10", "c", "model/2m:10")).containsKey("psnr");
        }
        method.failing = "";
        method.asked.clear();

        try (Journal journal = evaluate(PLAIN, Set.of(), List.of(Q10), images)) {
            assertThat(method.asked).containsExactly("q10 b");
            assertThat(values(journal, "q10", "b", "model/2m:10")).containsKey("psnr");
        }
    }

    @Test
    void shouldDoAgainAnImageThatIsAnotherNow() throws Exception {
        evaluate(PLAIN, Set.of(), List.of(Q10), images).close();
        method.asked.clear();
        images.set(1, TestImages.clean(directory.resolve("clean"), "b", 99));

        evaluate(PLAIN, Set.of(), List.of(Q10), images).close();

        assertThat(method.asked).containsExactly("q10 b");
    }

    @Test
    void shouldMeasureKeptImagesAgainWithoutRestoringThem() throws Exception {
        evaluate(PLAIN, Set.of("a"), List.of(Q10), images).close();
        method.asked.clear();
        MetricSuite more = new MetricSuite(List.of(new Metric(1, () -> 0.25)), List.of(), List.of());

        try (Journal journal = evaluate(more, Set.of("a"), List.of(Q10), images)) {
            assertThat(method.asked).containsExactly("q10 b", "q10 c");
            Cell cell = journal.find(new CellKey("q10", "a", "model/2m:10")).orElseThrow();
            assertThat(cell.measurement().values()).containsEntry("LPIPS", 0.25);
            assertThat(cell.evaluations()).isEqualTo(3);
            assertThat(cell.seconds()).isEqualTo(0.5);
        }
    }

    @Test
    void shouldKeepWhatWasMeasuredWhenALaterAttemptFails() throws Exception {
        evaluate(PLAIN, Set.of(), List.of(Q10), images).close();
        ended.clear();
        method.failing = "b";
        MetricSuite more = new MetricSuite(List.of(new Metric(1, () -> 0.25)), List.of(), List.of());

        try (Journal journal = evaluate(more, Set.of(), List.of(Q10), images)) {
            assertThat(values(journal, "q10", "b", "model/2m:10"))
                    .containsKey("psnr")
                    .doesNotContainKey("LPIPS");
            assertThat(values(journal, "q10", "c", "model/2m:10")).containsKeys("psnr", "LPIPS");
            assertThat(ended).hasSize(9);
        }
    }

    @Test
    void shouldNotRestoreAnImageTooSmallToBeMeasured() throws Exception {
        MetricSuite wide = new MetricSuite(List.of(new Metric(25, () -> 0.25)), List.of(), List.of());

        try (Journal journal = evaluate(wide, Set.of(), List.of(Q10), images.subList(0, 1))) {
            assertThat(method.asked).isEmpty();
            assertThat(journal.find(new CellKey("q10", "a", "model/2m:10"))
                            .orElseThrow()
                            .failure())
                    .contains("clean image: image is 24x24: LPIPS needs sides of at least 25");
        }
    }

    @Test
    void shouldGoOnWhenMeasuringAnImageTakesMoreMemoryThanThereIs() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        MetricSuite hungry = new MetricSuite(
                List.of(new Metric(1, () -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                    return 0.25;
                })),
                List.of(),
                List.of());

        try (Journal journal = evaluate(hungry, Set.of(), List.of(Q10), images)) {
            assertThat(journal.find(new CellKey("q10", "a", "jpeg"))
                            .orElseThrow()
                            .failure())
                    .contains("not measured: Java heap space");
            assertThat(values(journal, "q10", "b", "jpeg")).containsEntry("LPIPS", 0.25);
        }
    }

    @Test
    void shouldRecordACleanImageThatIsNone() throws Exception {
        Path text = Files.writeString(directory.resolve("clean/d.png"), "no image");
        images.add(CleanImage.read("d", text, OptionalInt.empty()));

        try (Journal journal = evaluate(PLAIN, Set.of(), List.of(Q10), images)) {
            assertThat(method.asked).containsExactly("q10 a", "q10 b", "q10 c");
            assertThat(journal.find(new CellKey("q10", "d", "jpeg"))
                            .orElseThrow()
                            .failure())
                    .hasValueSatisfying(reason -> assertThat(reason).startsWith("clean image: "));
        }
    }

    private Journal evaluate(MetricSuite suite, Set<String> kept, List<Condition> conditions, List<CleanImage> these)
            throws Exception {
        EvaluationPlan plan = new EvaluationPlan(
                these,
                conditions,
                List.of(Untouched.CLEAN, Untouched.JPEG, method),
                7,
                OptionalInt.of(24),
                ImageLimits.DEFAULT,
                2);
        Journal journal = Journal.open(directory.resolve("journal.jsonl"), Map.of());
        new Evaluation(plan, suite, journal, new KeptImages(directory.resolve("images"), kept), new Ends()).run();
        return journal;
    }

    private static Map<String, Double> values(Journal journal, String condition, String image, String method) {
        return journal.find(new CellKey(condition, image, method))
                .orElseThrow()
                .measurement()
                .values();
    }

    private final class Ends implements EvaluationObserver {
        @Override
        public ProgressListener begun(CellKey key) {
            return (evaluations, expected) -> {};
        }

        @Override
        public void ended(CellKey key) {
            ended.add(key);
        }
    }

    /** Whatever the test has it say. */
    private record Metric(int smallestSide, DoubleSupplier value) implements PerceptualMetric {
        @Override
        public String name() {
            return "LPIPS";
        }

        @Override
        public double distance(Rgb8 restored, Rgb8 reference) {
            return value.getAsDouble();
        }
    }
}
