package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftrec.image.ChromaSubsampling;
import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.JpegCorruption;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchesTest {
    private static final PatchSettings CUT = new PatchSettings(32, false, 1, true);
    private static final CorruptionSettings TEN =
            new CorruptionSettings(10, 10, QualityDistribution.UNIFORM, ChromaSubsampling.CHROMA_420, 0, 0);

    @TempDir
    private Path folder;

    private RoutingStore store;

    @BeforeEach
    void openStore() {
        store = Photographs.store(folder);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void shouldGiveTheSameSampleWhateverWasAskedBefore() throws Exception {
        Photographs.write(folder, 5, 48, 1);
        Patches one = patches(CUT, CorruptionSettings.PAPER, 0);
        Patches other = patches(CUT, CorruptionSettings.PAPER, Long.MAX_VALUE);
        one.get(3);

        Patches.Sample sample = one.get(11);
        Patches.Sample again = other.get(11);

        assertThat(again.clean().planes()).isEqualTo(sample.clean().planes());
        assertThat(again.corrupted().planes()).isEqualTo(sample.corrupted().planes());
        assertThat(again.noise()).isEqualTo(sample.noise());
        assertThat(again.time()).isEqualTo(sample.time()).isBetween(0.01, 1.0);
        assertThat(one.get(12).clean().planes()).isNotEqualTo(sample.clean().planes());
    }

    @Test
    void shouldCorruptWithTheJpegOfTheCleanPatch() throws Exception {
        Photographs.write(folder, 3, 48, 1);
        Patches.Sample sample = patches(CUT, TEN, 0).get(5);

        byte[] file = JpegCorruption.compress(sample.clean(), 10, ChromaSubsampling.CHROMA_420);

        assertThat(sample.corrupted().planes())
                .isEqualTo(ImageDecoder.decode(file, ImageLimits.DEFAULT).planes());
    }

    @Test
    void shouldDrawEveryQualityAndTime() throws Exception {
        Photographs.write(folder, 3, 48, 1);
        Patches patches = patches(CUT, CorruptionSettings.PAPER, 1 << 20);
        double meanTime = 0;
        double meanNoise = 0;
        double meanSquare = 0;
        int samples = 200;
        for (int i = 0; i < samples; i++) {
            Patches.Sample sample = patches.get(i);
            meanTime += sample.time() / samples;
            for (float z : sample.noise()) {
                meanNoise += z / (samples * 3072.0);
                meanSquare += z * z / (samples * 3072.0);
            }
        }

        assertThat(meanTime).isCloseTo(0.505, within(0.06));
        assertThat(meanNoise).isCloseTo(0, within(0.01));
        assertThat(meanSquare).isCloseTo(1, within(0.01));
    }

    @Test
    void shouldDrawLowQualitiesAndLateTimesMoreOftenWhenAsked() {
        CorruptionSettings low =
                new CorruptionSettings(10, 59, QualityDistribution.LOG_UNIFORM, ChromaSubsampling.CHROMA_420, 0, 0);
        TimeSettings late = new TimeSettings(0.5, 0.5, 0);

        assertThat(low.quality(0)).isEqualTo(10);
        assertThat(low.quality(0.5)).isEqualTo(24); // 10 times the root of 6
        assertThat(low.quality(Math.nextDown(1.0))).isEqualTo(59);
        assertThat(late.time(0)).isEqualTo(0.5);
        assertThat(late.time(0.25)).isEqualTo(0.75);
        assertThat(late.time(1)).isEqualTo(1);
    }

    @Test
    void shouldDrawStartsWithTheirShareAndTimesAsWithoutThem() {
        TimeSettings times = new TimeSettings(0.1, 1, 0.4);

        assertThat(times.isStart(0.399)).isTrue();
        assertThat(times.time(0.399)).isEqualTo(1);
        assertThat(times.isStart(0.4)).isFalse();
        assertThat(times.time(0.4)).isCloseTo(0.1, within(1e-12));
        assertThat(times.time(0.7)).isCloseTo(0.55, within(1e-12));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeSettings(0.1, 1, 1))
                .withMessage("the share of starts must be in [0, 1), not 1.0");
    }

    @Test
    void shouldScaleDoubleAndShiftWhenAsked() throws Exception {
        Photographs.write(folder, 3, 80, 1);
        PatchSettings resized = new PatchSettings(32, true, 0.2, false);
        CorruptionSettings hard =
                new CorruptionSettings(20, 30, QualityDistribution.UNIFORM, ChromaSubsampling.CHROMA_420, 1, 1);

        for (int i = 0; i < 20; i++) {
            Patches.Sample sample = patches(resized, hard, 1 << 20).get(i);

            assertThat(sample.clean().width()).isEqualTo(32);
            assertThat(sample.corrupted().width()).isEqualTo(32);
            assertThat(meanSquare(sample)).as("aligned with the clean patch").isBetween(1e-6, 0.03);
        }
    }

    @Test
    void shouldTakeImagesOfThePatchesSize() throws Exception {
        Photographs.write(folder, 1, 32, 1);

        assertThat(patches(CUT, TEN, 0).get(0).clean().width()).isEqualTo(32);
    }

    @Test
    void shouldSkipNameAndCountBadImages() throws Exception {
        Photographs.write(folder, 4, 48, 1);
        Files.writeString(folder.resolve("broken.jpg"), "no image");
        Photographs.write(folder.resolve("small"), 1, 16, 9);
        DecodedImages images = images(store);
        List<URI> locations = ImageSet.find(folder.toUri(), store).locations();
        Patches patches = new Patches(locations, images, CUT, TEN, TimeSettings.PAPER, 4);

        for (int i = 0; i < 12; i++) {
            assertThat(patches.get(i).clean().width()).isEqualTo(32);
        }

        assertThat(images.bad())
                .containsExactly(
                        folder.resolve("broken.jpg").toUri(),
                        folder.resolve("small/image-000.png").toUri());
    }

    @Test
    void shouldGiveTheSameSamplesWhenImagesAreOutOfReachForAMoment() throws Exception {
        Photographs.write(folder, 5, 48, 1);
        List<URI> locations = ImageSet.find(folder.toUri(), store).locations();
        DecodedImages disturbed = images(new DisturbedStore(store, 2));
        Patches patches = new Patches(locations, disturbed, CUT, TEN, TimeSettings.PAPER, 4);
        Patches undisturbed = patches(CUT, TEN, 0);

        for (int i = 0; i < 10; i++) {
            assertThat(patches.get(i).clean().planes())
                    .isEqualTo(undisturbed.get(i).clean().planes());
        }

        assertThat(disturbed.bad()).isEmpty();
    }

    @Test
    void shouldBlameTheStoreAndNoImageWhenItStaysOutOfReach() throws Exception {
        Photographs.write(folder, 1, 48, 1);
        DecodedImages images = images(new DisturbedStore(store, Integer.MAX_VALUE));
        URI location = ImageSet.find(folder.toUri(), store).locations().get(0);

        assertThatThrownBy(() -> images.get(location))
                .isInstanceOfSatisfying(TrainingFailedException.class, e -> assertThat(e.failure())
                        .isEqualTo(TrainingFailure.STORE_UNAVAILABLE));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> images.get(location)).isInstanceOf(InterruptedException.class);
        assertThat(images.bad()).isEmpty();
    }

    @Test
    void shouldFailWhenEveryImageIsBad() throws Exception {
        Files.writeString(folder.resolve("broken.jpg"), "no image");

        assertThatThrownBy(() -> patches(CUT, TEN, 0).get(0))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("none of 1 images can be used")
                .hasMessageContaining("broken.jpg");
    }

    @Test
    void shouldFindTheOnlyGoodImageOfMany() throws Exception {
        Photographs.write(folder, 1, 48, 1);
        for (int i = 0; i < 200; i++) {
            Files.writeString(folder.resolve("broken-%03d.jpg".formatted(i)), "no image");
        }
        Patches patches = patches(CUT, TEN, 1 << 20);

        for (int i = 0; i < 20; i++) {
            assertThat(patches.get(i).clean().width()).isEqualTo(32);
        }
    }

    @Test
    void shouldScaleFromTheSmallestAreas() throws Exception {
        Photographs.write(folder, 1, 33, 1);
        Patches tiny = patches(new PatchSettings(32, true, Double.MIN_VALUE, false), TEN, 1 << 20);

        for (int i = 0; i < 20_000; i++) {
            assertThat(tiny.get(i).clean().width()).isEqualTo(32);
        }
    }

    private Patches patches(PatchSettings patch, CorruptionSettings corruption, long cacheBytes)
            throws StorageException {
        List<URI> locations = ImageSet.find(folder.toUri(), store).locations();
        DecodedImages images =
                new DecodedImages(store, Patches.minSide(patch, corruption), cacheBytes, TinyTraining.THREE_TRIES);
        return new Patches(locations, images, patch, corruption, TimeSettings.PAPER, 4);
    }

    private static DecodedImages images(ObjectStore store) {
        return new DecodedImages(store, Patches.minSide(CUT, TEN), 1 << 20, TinyTraining.THREE_TRIES);
    }

    private static double meanSquare(Patches.Sample sample) {
        float[] clean = sample.clean().planes();
        float[] corrupted = sample.corrupted().planes();
        double sum = 0;
        for (int i = 0; i < clean.length; i++) {
            sum += (clean[i] - corrupted[i]) * (clean[i] - corrupted[i]);
        }
        return sum / clean.length;
    }
}
