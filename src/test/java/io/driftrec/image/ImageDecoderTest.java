package io.driftrec.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPReadParam;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageDecoderTest {
    static Stream<String> exactFiles() {
        return Stream.of(Fixture.JPEGS, Fixture.PNGS, Fixture.LOSSLESS_WEBPS).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("exactFiles")
    void shouldEqualPillowBitByBitWhenNothingIsConverted(String name) {
        assertThat(Fixture.rgba(Fixture.decoded(name))).isEqualTo(Fixture.pillowRgba(name));
    }

    static Stream<String> inkFilesWithoutProfile() {
        return Fixture.CMYK_JPEGS.stream().filter(name -> !name.contains("profile"));
    }

    @ParameterizedTest
    @MethodSource("inkFilesWithoutProfile")
    void shouldEqualPillowWhenInksHaveNoProfile(String name) {
        assertThat(Fixture.maxDifference(Fixture.rgba(Fixture.decoded(name)), Fixture.pillowRgba(name)))
                .isLessThanOrEqualTo(1);
    }

    @Test
    void shouldConvertByTheProfileAndDropItWhenInksHaveOne() {
        Picture picture = Fixture.decoded("cmyk-profile.jpg");

        // LittleCMS through Pillow rounds out-of-gamut colours elsewhere; without the profile the difference is above
        // 15
        assertThat(meanDifference(Fixture.rgba(picture), Fixture.pillowRgba("cmyk-profile.jpg")))
                .isLessThan(1);
        assertThat(meanDifference(Fixture.pillowRgba("cmyk.jpg"), Fixture.pillowRgba("cmyk-profile.jpg")))
                .isGreaterThan(15);
        assertThat(picture.profile()).isEmpty();
    }

    static List<String> filesOf16Bit() {
        return Fixture.PNGS_OF_16_BIT;
    }

    @ParameterizedTest
    @MethodSource("filesOf16Bit")
    void shouldKeepPrecisionWhenSamplesHave16Bits(String name) {
        Picture picture = Fixture.decoded(name);

        int[] samples = Fixture.samples16(name);
        int bands = samples.length / picture.pixels();
        for (int i = 0; i < picture.pixels(); i++) {
            for (int channel = 0; channel < 3; channel++) {
                int expected = samples[i * bands + (bands == 1 ? 0 : channel)];
                assertThat(picture.planes()[channel * picture.pixels() + i]).isEqualTo(expected / 65535f);
            }
            if (bands == 4) {
                int alpha = picture.alpha().orElseThrow()[i] & 0xFF;
                assertThat(alpha).isEqualTo(Math.round(samples[i * bands + 3] / 257f));
            }
        }
    }

    static List<String> lossyWebps() {
        return Fixture.LOSSY_WEBPS;
    }

    /** libwebp interpolates chroma by default, the decoder under test repeats it. */
    @ParameterizedTest
    @MethodSource("lossyWebps")
    void shouldAgreeWithLibwebpWithoutInterpolationWhenWebpIsLossy(String name) throws IOException {
        Picture picture = Fixture.decoded(name);

        Raster expected = libwebp(Fixture.bytes(name));
        Rgb8 actual = Rgb8.of(picture);
        int[] pixel = new int[expected.getNumBands()];
        double sum = 0;
        for (int i = 0; i < picture.pixels(); i++) {
            expected.getPixel(i % picture.width(), i / picture.width(), pixel);
            for (int channel = 0; channel < 3; channel++) {
                assertThat(actual.sample(i, channel)).isCloseTo(pixel[channel], within(6));
                sum += Math.abs(actual.sample(i, channel) - pixel[channel]);
            }
            if (picture.alpha().isPresent()) {
                assertThat(picture.alpha().orElseThrow()[i] & 0xFF).isEqualTo(pixel[3]);
            }
        }
        assertThat(sum / (3 * picture.pixels())).isLessThan(0.5);
    }

    @Test
    void shouldKnowWhatTheFileStoredWhenItComesBack() {
        assertThat(Stream.concat(Fixture.JPEGS.stream(), Fixture.PNGS.stream())
                        .filter(name -> Fixture.decoded(name).isGrey()))
                .containsExactlyInAnyOrder(
                        "grey.jpg",
                        "grey-progressive.jpg",
                        "grey.png",
                        "grey-1bit.png",
                        "grey-alpha.png",
                        "grey-key.png",
                        "palette-grey.png");
        assertThat(Fixture.all().stream()
                        .filter(name -> Fixture.decoded(name).alpha().isPresent()))
                .containsExactlyInAnyOrder(
                        "grey-alpha.png",
                        "rgb-alpha.png",
                        "palette-alpha.png",
                        "rgb-key.png",
                        "grey-key.png",
                        "rgb-alpha-16bit.png",
                        "lossless-alpha.webp",
                        "lossy-alpha.webp");
        assertThat(Fixture.all().stream()
                        .filter(name -> Fixture.decoded(name).profile().isPresent()))
                .containsExactlyInAnyOrder("profile.jpg", "profile.png", "profile.webp");
    }

    @Test
    void shouldCarryTheProfileWhenTheFileHasOne() {
        for (String name : List.of("profile.jpg", "profile.png", "profile.webp")) {
            assertThat(Fixture.decoded(name).profile().orElseThrow().toBytes())
                    .as(name)
                    .isEqualTo(Fixture.bytes("srgb.icc"));
        }
    }

    @Test
    void shouldTurnThePictureWhenPngOrWebpHasAnOrientation() {
        byte[] exif = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0};
        byte[] png = Bytes.withPngChunk(Fixture.bytes("rgb.png"), "eXIf", exif);
        byte[] webp = Bytes.withWebpChunk(Fixture.bytes("lossless.webp"), "EXIF", exif);

        for (byte[] file : List.of(png, webp)) {
            Picture turned = Fixture.decoded(file);
            Picture stored = Fixture.decoded("rgb.png");
            assertThat(turned.width()).isEqualTo(Fixture.HEIGHT);
            assertThat(turned.height()).isEqualTo(Fixture.WIDTH);
            // orientation 6: the stored left column is the upper row, read from below
            float[] upper = new float[Fixture.HEIGHT];
            for (int i = 0; i < upper.length; i++) {
                upper[i] = stored.planes()[(Fixture.HEIGHT - 1 - i) * Fixture.WIDTH];
            }
            assertThat(Arrays.copyOf(turned.planes(), Fixture.HEIGHT)).isEqualTo(upper);
        }
    }

    @Test
    void shouldDecodeTheSameWhenManyThreadsDecodeAtOnce() {
        List<String> files = exactFiles().toList();

        List<String> wrong = IntStream.range(0, 16 * files.size())
                .parallel()
                .mapToObj(i -> files.get(i % files.size()))
                .filter(name -> !Arrays.equals(Fixture.rgba(Fixture.decoded(name)), Fixture.pillowRgba(name)))
                .toList();

        assertThat(wrong).isEmpty();
    }

    private static Raster libwebp(byte[] file) throws IOException {
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        WebPReadParam parameters = new WebPReadParam();
        parameters.setNoFancyUpsampling(true);
        reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)));
        return reader.read(0, parameters).getRaster();
    }

    private static double meanDifference(byte[] a, byte[] b) {
        return IntStream.range(0, a.length)
                .map(i -> Math.abs((a[i] & 0xFF) - (b[i] & 0xFF)))
                .average()
                .orElseThrow();
    }
}
