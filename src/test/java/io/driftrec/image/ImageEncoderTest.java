package io.driftrec.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEncoderTest {
    private static final int QUALITY = 90;
    private static final byte[] OPAQUE = {};

    @ParameterizedTest
    @ValueSource(
            strings = {"rgb.png", "grey.png", "grey-alpha.png", "rgb-alpha.png", "palette-alpha.png", "baseline-420.jpg"
            })
    void shouldReturnTheSameSamplesWhenPngIsReadBack(String name) {
        Picture picture = Fixture.decoded(name);

        byte[] file = ImageEncoder.encode(picture, ImageFormat.PNG, QUALITY);

        Picture back = Fixture.decoded(file);
        assertThat(back.planes()).isEqualTo(picture.planes());
        assertThat(back.alpha().orElse(OPAQUE)).isEqualTo(picture.alpha().orElse(OPAQUE));
        assertThat(back.isGrey()).isEqualTo(picture.isGrey());
    }

    @Test
    void shouldRoundHalvesUpAndClampWhenSamplesAreBetweenLevels() {
        float[] values = {-1f, -0f, 0.49f / 255, 0.5f / 255, 1.5f / 255, 254.49f / 255, 1f, 7f, Float.NaN};
        int[] levels = {0, 0, 0, 1, 2, 254, 255, 255, 0};
        float[] planes = new float[3 * values.length];
        for (int channel = 0; channel < 3; channel++) {
            System.arraycopy(values, 0, planes, channel * values.length, values.length);
        }

        Picture back =
                Fixture.decoded(ImageEncoder.encode(Picture.rgb(values.length, 1, planes), ImageFormat.PNG, QUALITY));

        Rgb8 samples = Rgb8.of(back);
        for (int i = 0; i < levels.length; i++) {
            assertThat(samples.sample(i, 1)).as("level of %s", values[i]).isEqualTo(levels[i]);
        }
    }

    @Test
    void shouldReturnEveryLevelExactlyWhenItIsEncoded() {
        float[] planes = new float[3 * 256];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = i % 256 / 255f;
        }

        byte[] file = ImageEncoder.encode(Picture.rgb(256, 1, planes), ImageFormat.PNG, QUALITY);

        assertThat(Fixture.decoded(file).planes()).isEqualTo(planes);
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void shouldCarryTheProfileWhenSourceHasOne(ImageFormat format) {
        Picture source = Fixture.decoded("profile.jpg");
        Picture restored = source.withPlanes(source.planes().clone());

        Picture back = Fixture.decoded(ImageEncoder.encode(restored, format, QUALITY));

        assertThat(back.profile().orElseThrow().toBytes()).isEqualTo(Fixture.bytes("srgb.icc"));
    }

    @Test
    void shouldSplitTheProfileWhenItIsLargerThanAJpegSegment() {
        byte[] large = Arrays.copyOf(Fixture.bytes("srgb.icc"), 200_000);
        large[1] = 3;
        large[2] = 0x0D;
        large[3] = 0x40; // its length, 0x00030D40
        IccProfile profile = IccProfile.of(large, IccProfile.Space.RGB).orElseThrow();
        Picture picture = new Picture(8, 8, new float[192], null, false, profile);

        for (ImageFormat format : ImageFormat.values()) {
            byte[] file = ImageEncoder.encode(picture, format, QUALITY);
            assertThat(Fixture.decoded(file).profile().orElseThrow().toBytes())
                    .as("%s", format)
                    .isEqualTo(large);
        }
    }

    @Test
    void shouldWriteFullChromaWhenFormatIsJpeg() throws ImageRejectedException {
        // one red pixel column a block: 4:2:0 would smear it over its neighbour
        float[] planes = new float[3 * 64 * 16];
        for (int i = 0; i < 64 * 16; i += 2) {
            planes[i] = 1f;
        }
        Picture picture = Picture.rgb(64, 16, planes);

        byte[] file = ImageEncoder.encode(picture, ImageFormat.JPEG, 95);

        assertThat(JpegHeader.read(file).blocks()).isEqualTo(3 * 8 * 2);
        assertThat(Fixture.maxDifference(Fixture.rgba(Fixture.decoded(file)), Fixture.rgba(picture)))
                .isLessThan(12);
    }

    @Test
    void shouldWriteOneComponentWhenPictureIsGrey() {
        Picture grey = Fixture.decoded("grey.png");

        Picture back = Fixture.decoded(ImageEncoder.encode(grey, ImageFormat.JPEG, 95));

        assertThat(back.isGrey()).isTrue();
        assertThat(Fixture.maxDifference(Fixture.rgba(back), Fixture.rgba(grey)))
                .isLessThan(12);
    }

    @Test
    void shouldAverageTheChannelsWhenRestoredPlanesOfAGreyPictureDiffer() {
        Picture restored = new Picture(1, 1, new float[] {0.4f, 0.5f, 0.9f}, null, true, null);

        Picture back = Fixture.decoded(ImageEncoder.encode(restored, ImageFormat.PNG, QUALITY));

        assertThat(back.isGrey()).isTrue();
        assertThat(back.planes()).containsOnly(153 / 255f);
    }

    @Test
    void shouldDropAlphaAndKeepColoursWhenFormatIsJpeg() {
        Picture picture = Fixture.decoded("rgb-alpha.png");

        byte[] file = ImageEncoder.encode(picture, ImageFormat.JPEG, QUALITY);

        byte[] opaque = ImageEncoder.encode(Picture.rgb(45, 31, picture.planes()), ImageFormat.JPEG, QUALITY);
        assertThat(file).isEqualTo(opaque);
        assertThat(ImageFormat.JPEG.storesAlpha()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"30, 26", "95, 40"})
    void shouldComeCloserWhenWebpHasMoreQuality(int quality, double decibels) {
        Picture photo = Fixture.decoded("jpeg/clean.png");

        byte[] file = ImageEncoder.encode(photo, ImageFormat.WEBP, quality);

        assertThat(ImageFormat.of(file)).contains(ImageFormat.WEBP);
        double error = 0;
        float[] back = Fixture.decoded(file).planes();
        for (int i = 0; i < back.length; i++) {
            double difference = back[i] - photo.planes()[i];
            error += difference * difference;
        }
        assertThat(-10 * Math.log10(error / back.length)).isBetween(decibels, decibels + 12);
    }

    @Test
    void shouldKeepAlphaWhenFormatIsWebp() {
        Picture picture = Fixture.decoded("rgb-alpha.png");

        Picture back = Fixture.decoded(ImageEncoder.encode(picture, ImageFormat.WEBP, QUALITY));

        assertThat(back.alpha().orElse(OPAQUE)).isEqualTo(picture.alpha().orElse(OPAQUE));
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void shouldEncodeThePictureWhenItIsOnePixel(ImageFormat format) {
        Picture pixel = Picture.rgb(1, 1, new float[] {0.5f, 0.5f, 0.5f});

        Picture back = Fixture.decoded(ImageEncoder.encode(pixel, format, 100));

        assertThat(List.of(back.width(), back.height())).containsExactly(1, 1);
        assertThat(Rgb8.of(back).sample(0, 0)).isBetween(126, 130);
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void shouldWriteEveryFormatWhenTestsRunHere(ImageFormat format) {
        assertThat(ImageEncoder.canWrite(format)).isTrue();
    }

    @Test
    void shouldRefuseWhenArgumentsAreOutOfRange() {
        Picture pixel = Picture.rgb(1, 1, new float[3]);
        Picture wide = Picture.rgb(16_384, 1, new float[3 * 16_384]);
        assertThatThrownBy(() -> ImageEncoder.encode(pixel, ImageFormat.PNG, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quality is 0: it must be between 1 and 100");
        assertThatThrownBy(() -> ImageEncoder.encode(wide, ImageFormat.WEBP, 50))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("picture is 16384x1: WEBP stores sides of at most 16383 pixels");
    }
}
