package io.driftrec.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import io.driftrec.image.ImageFormat;
import io.driftrec.image.ImageHeader;
import io.driftrec.image.ImageProbe;
import io.driftrec.message.SamplerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPicturesTest {
    private static final int WIDTH = 384;
    private static final int HEIGHT = 256;

    @TempDir
    private Path directory;

    private DemoPictures pictures;

    @BeforeEach
    void makeFolders() throws IOException {
        pictures = new DemoPictures(directory);
    }

    private static DemoCase of(String photograph, DemoCase.Damage damage) {
        SamplerSpec x0 = new SamplerSpec(
                Optional.of("x0"),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalInt.empty());
        return new DemoCase(photograph, damage, x0, "title");
    }

    private Quality qualityOfDamaged(DemoCase.Damage damage) throws IOException {
        DemoCase of = of("astronaut", damage);
        pictures.damage(of);
        return pictures.quality(of, pictures.damaged(of));
    }

    @Test
    void shouldWriteAJpegPerCase() throws Exception {
        for (DemoCase of : DemoCase.all()) {
            pictures.damage(of);

            ImageHeader header = ImageProbe.probe(Files.readAllBytes(pictures.damaged(of)));
            boolean isTwice = of.damage() instanceof DemoCase.Damage.UnalignedDouble;
            assertThat(header)
                    .isEqualTo(new ImageHeader(
                            ImageFormat.JPEG, isTwice ? WIDTH - 3 : WIDTH, isTwice ? HEIGHT - 2 : HEIGHT));
        }
    }

    @Test
    void shouldBeNearerTheHigherTheJpegQuality() throws IOException {
        Quality low = qualityOfDamaged(new DemoCase.Damage.Single(5));
        Quality high = qualityOfDamaged(new DemoCase.Damage.Single(20));

        assertThat(low.psnr()).isBetween(20.0, 26.0);
        assertThat(high.psnr()).isGreaterThan(low.psnr() + 3);
        assertThat(high.psnrB()).isGreaterThan(low.psnrB());
        assertThat(low.psnrB()).isLessThan(low.psnr());
        assertThat(high.blockiness()).isPositive().isLessThan(low.blockiness());
    }

    /** With the shift disregarded, the reference would be another part of the photograph, and PSNR far below. */
    @Test
    void shouldComparePicturesThatWereShiftedWithThatPartOfTheOriginal() throws IOException {
        Quality shifted = qualityOfDamaged(new DemoCase.Damage.UnalignedDouble(90, 95, 4, 3));
        Quality unshifted = qualityOfDamaged(new DemoCase.Damage.UnalignedDouble(90, 95, 0, 0));

        assertThat(shifted.psnr()).isGreaterThan(30).isCloseTo(unshifted.psnr(), within(1.5));
    }

    @Test
    void shouldKeepDamagedAndRestoredPicturesApart() {
        DemoCase of = of("astronaut", new DemoCase.Damage.Single(5));

        assertThat(pictures.damaged(of)).isEqualTo(directory.resolve("damaged/astronaut-q5-x0.jpg"));
        assertThat(pictures.restored(of)).isEqualTo(directory.resolve("restored/astronaut-q5-x0.png"));
        assertThat(pictures.damagedFolder()).isDirectory();
        assertThat(pictures.restoredFolder()).isDirectory();
    }

    @Test
    void shouldNameThePictureThatIsDamaged() throws IOException {
        DemoCase of = of("astronaut", new DemoCase.Damage.Single(5));
        Files.writeString(pictures.restored(of), "not a picture");

        assertThatIOException()
                .isThrownBy(() -> pictures.quality(of, pictures.restored(of)))
                .withMessageContaining("astronaut-q5-x0.png");
    }

    @Test
    void shouldNameAPhotographThatIsMissing() {
        assertThatIOException()
                .isThrownBy(() -> pictures.damage(of("unicorn", new DemoCase.Damage.Single(5))))
                .withMessage("the class path lacks /samples/unicorn.png");
    }

    @Test
    void shouldGiveEveryCaseANameOfItsOwnThatIsARequestId() {
        List<String> names = DemoCase.all().stream().map(DemoCase::name).toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9-]{1,100}"));
    }

    @Test
    void shouldCoverEveryKindOfDamage() {
        assertThat(DemoCase.all())
                .extracting(DemoCase::damage)
                .contains(new DemoCase.Damage.Single(5), new DemoCase.Damage.Single(10), new DemoCase.Damage.Single(20))
                .hasAtLeastOneElementOfType(DemoCase.Damage.UnalignedDouble.class);
    }
}
