package io.driftrec.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.driftrec.image.ImageRejectedException.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostileImageTest {
    private static final int SOF0 = 0xC0;

    @Test
    void shouldSayWhatTheFileIsNotWhenFormatIsUnknown() {
        assertThat(rejection(new byte[0]).reason()).isEqualTo(Reason.CORRUPT_IMAGE);
        assertThat(rejection(new byte[0])).hasMessage("file is empty (0 bytes)");
        ImageRejectedException gif = rejection(Bytes.ascii("GIF89a12345"));
        assertThat(gif.reason()).isEqualTo(Reason.UNSUPPORTED_FORMAT);
        assertThat(gif).hasMessage("file starts with bytes 47 49 46 38 39 61 31 32: JPEG, PNG and WebP are decoded");
        assertThat(rejection(new byte[] {(byte) 0xFF}).reason()).isEqualTo(Reason.UNSUPPORTED_FORMAT);
    }

    @Test
    void shouldRefuseWhenAnyFileIsCutAnywhere() {
        for (String name : Fixture.all()) {
            byte[] file = Fixture.bytes(name);
            int step = Math.max(1, file.length / 150);
            for (int length = file.length - 1; length > 12; length -= length > file.length - 20 ? 1 : step) {
                ImageRejectedException rejection = rejection(Arrays.copyOf(file, length));
                assertThat(rejection.reason())
                        .as("%s cut to %d bytes", name, length)
                        .isEqualTo(Reason.CORRUPT_IMAGE);
            }
        }
    }

    @Test
    void shouldRefuseWhenScanEndsEarlyBeforeAnEndMarker() {
        byte[] file = Fixture.bytes("baseline-420.jpg");
        byte[] end = {(byte) 0xFF, (byte) 0xD9};

        ImageRejectedException rejection = rejection(Bytes.concat(Arrays.copyOf(file, file.length - 200), end));

        assertThat(rejection.reason()).isEqualTo(Reason.CORRUPT_IMAGE);
        assertThat(rejection).hasMessageContaining("premature end of data segment");
    }

    @Test
    void shouldRefuseBeforeAnyAllocationWhenPixelsAreTooMany() {
        byte[] jpeg = Fixture.bytes("baseline-420.jpg");
        int frame = Bytes.indexOf(jpeg, 0xFF, SOF0);
        byte[] hugeJpeg = Bytes.patched(jpeg, frame + 5, 0xFF, 0xFF, 0xFF, 0xFF);
        byte[] hugePng = Bytes.png(Integer.MAX_VALUE, Integer.MAX_VALUE, 16, 6, new byte[10]);
        byte[] webp = Fixture.bytes("lossless.webp");
        byte[] hugeWebp = Bytes.patched(webp, 21, 0xFF, 0xFF, 0xFF, 0x0F);
        for (byte[] file : new byte[][] {hugeJpeg, hugePng, hugeWebp}) {
            rejection(file); // loads the classes
            long before = Allocation.ofThisThread();
            ImageRejectedException rejection = rejection(file);
            long allocated = Allocation.ofThisThread() - before;

            assertThat(rejection.reason()).isEqualTo(Reason.TOO_MANY_PIXELS);
            assertThat(rejection).hasMessageContaining("at most 50000000 are accepted");
            assertThat(allocated).isLessThan(200_000);
        }
    }

    @Test
    void shouldRefuseBeforeAnyAllocationWhenFileIsTooShortForItsSize() {
        byte[] jpeg = Fixture.bytes("baseline-420.jpg");
        int frame = Bytes.indexOf(jpeg, 0xFF, SOF0);
        byte[] wideJpeg = Bytes.patched(jpeg, frame + 5, 0x1B, 0x58, 0x1B, 0x58); // 7000x7000 in one kilobyte
        byte[] widePng = Bytes.png(7000, 7000, 8, 2, new byte[1000]);
        for (byte[] file : new byte[][] {wideJpeg, widePng}) {
            rejection(file);
            long before = Allocation.ofThisThread();
            ImageRejectedException rejection = rejection(file);
            long allocated = Allocation.ofThisThread() - before;

            assertThat(rejection.reason()).isEqualTo(Reason.CORRUPT_IMAGE);
            assertThat(rejection).hasMessageContaining("truncated");
            assertThat(allocated).isLessThan(200_000);
        }
    }

    @Test
    void shouldRefuseWhenSidesAreZeroOrNegative() {
        byte[] jpeg = Fixture.bytes("baseline-420.jpg");
        int frame = Bytes.indexOf(jpeg, 0xFF, SOF0);
        assertThat(rejection(Bytes.patched(jpeg, frame + 5, 0, 0))).hasMessageContaining("JPEG is 45x0");
        assertThat(rejection(Bytes.png(0, 5, 8, 2, new byte[9]))).hasMessageContaining("PNG is 0x5");
        assertThat(rejection(Bytes.png(-1, 5, 8, 2, new byte[9]))).hasMessageContaining("PNG is 4294967295x5");
    }

    @Test
    void shouldNeverInflateWhatPixelsDoNotNeed() throws ImageRejectedException {
        byte[] bomb = Bytes.deflated(new byte[100 << 20]);
        byte[] file = Fixture.bytes("rgb.png");
        file = Bytes.withPngChunk(file, "zTXt", Bytes.concat(Bytes.ascii("Comment\0\0"), bomb));
        file = Bytes.withPngChunk(file, "iTXt", Bytes.concat(Bytes.ascii("Comment\0\1\0\0\0"), bomb));
        file = Bytes.withPngChunk(file, "iCCP", Bytes.concat(Bytes.ascii("profile\0\0"), bomb));
        Fixture.decoded(file);
        long before = Allocation.ofThisThread();

        Picture picture = ImageDecoder.decode(file, ImageLimits.DEFAULT);

        assertThat(Allocation.ofThisThread() - before).isLessThan(16 << 20);
        assertThat(Fixture.rgba(picture)).isEqualTo(Fixture.pillowRgba("rgb.png"));
        assertThat(picture.profile()).isEmpty();
    }

    @Test
    void shouldReadNoMoreRowsThanTheHeaderSaysWhenPixelChunkIsABomb() throws ImageRejectedException {
        byte[] file = Bytes.png(20, 20, 8, 2, Bytes.deflated(new byte[100 << 20]));
        Fixture.decoded(file);
        long before = Allocation.ofThisThread();

        Picture picture = ImageDecoder.decode(file, ImageLimits.DEFAULT);

        assertThat(picture.pixels()).isEqualTo(400);
        assertThat(Allocation.ofThisThread() - before).isLessThan(16 << 20);
    }

    @Test
    void shouldIgnoreTheProfileWhenItIsBroken() {
        byte[] sound = Fixture.bytes("srgb.icc");
        byte[][] broken = {
            new byte[0],
            Bytes.ascii("not a profile"),
            new byte[200],
            Arrays.copyOf(sound, 300),
            Bytes.patched(sound, 16, 'C', 'M', 'Y', 'K'),
            Bytes.patched(sound, 36, 0, 0, 0, 0)
        };
        for (byte[] profile : broken) {
            byte[] jpeg = Bytes.withJpegSegment(
                    Fixture.bytes("baseline-420.jpg"), 0xE2, Bytes.concat(Bytes.ascii("ICC_PROFILE\0\1\1"), profile));
            byte[] png = Bytes.withPngChunk(
                    Fixture.bytes("rgb.png"),
                    "iCCP",
                    Bytes.concat(Bytes.ascii("profile\0\0"), Bytes.deflated(profile)));
            byte[] webp = Bytes.withWebpChunk(Fixture.bytes("lossless.webp"), "ICCP", profile);
            assertThat(Fixture.decoded(jpeg).profile()).isEmpty();
            assertThat(Fixture.decoded(png).profile()).isEmpty();
            assertThat(Fixture.decoded(webp).profile()).isEmpty();
        }
    }

    @Test
    void shouldConvertInksWithoutTheProfileWhenItsTablesAreBroken() {
        byte[] file = Fixture.bytes("cmyk-profile.jpg");
        int table = Bytes.indexOf(file, 'm', 'f', 't', '1');

        Picture picture = Fixture.decoded(Bytes.patched(file, table, 'x', 'x', 'x', 'x'));

        assertThat(Fixture.rgba(picture)).isEqualTo(Fixture.rgba(Fixture.decoded("cmyk.jpg")));
    }

    @Test
    void shouldIgnoreTheOrientationWhenExifIsBroken() {
        byte[] prefix = Bytes.ascii("Exif\0\0");
        byte[][] broken = {
            {},
            Bytes.ascii("II"),
            Bytes.ascii("XXXXXXXXXXXXXXXXXXXXXXXX"),
            {'I', 'I', 42, 0, -1, -1, -1, 127, 0, 0, 0, 0, 0, 0, 0, 0},
            {'M', 'M', 0, 42, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0},
            {'M', 'M', 0, 42, 0, 0, 0, 8, -1, -1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 99, 0, 0},
            {'M', 'M', 0, 42, 0, 0, 0, 8, -1, -1, 1, 0x12, 0, 3, 0, 0}
        };
        for (byte[] exif : broken) {
            byte[] jpeg = Bytes.withJpegSegment(Fixture.bytes("baseline-420.jpg"), 0xE1, Bytes.concat(prefix, exif));
            assertThat(Fixture.rgba(Fixture.decoded(jpeg))).isEqualTo(Fixture.pillowRgba("baseline-420.jpg"));
        }
    }

    @Test
    void shouldRefuseWhenVariantIsNotDecoded() {
        byte[] jpeg = Fixture.bytes("baseline-420.jpg");
        int frame = Bytes.indexOf(jpeg, 0xFF, SOF0);
        byte[][] files = {
            Fixture.bytes("animated.png"),
            Fixture.bytes("animated.webp"),
            Bytes.patched(jpeg, frame + 1, 0xC3),
            Bytes.patched(jpeg, frame + 1, 0xC9),
            Bytes.patched(jpeg, frame + 4, 12),
            Bytes.patched(jpeg, frame + 9, 2),
            Bytes.withPngChunk(Fixture.bytes("rgb.png"), "CgBI", new byte[4])
        };
        for (byte[] file : files) {
            assertThat(rejection(file).reason()).isEqualTo(Reason.UNSUPPORTED_FORMAT);
        }
    }

    @Test
    void shouldRefuseWhenFileExceedsTheByteLimit() {
        byte[] file = Fixture.bytes("grey.png");
        ImageLimits limits = new ImageLimits(1_000_000, file.length - 1);

        ImageRejectedException rejection =
                catchThrowableOfType(ImageRejectedException.class, () -> ImageDecoder.decode(file, limits));

        assertThat(rejection.reason()).isEqualTo(Reason.SOURCE_TOO_LARGE);
    }

    @Test
    void shouldRefuseWhenPngIndexIsOutsideItsPalette() {
        byte[] png = Bytes.png(1, 1, 8, 3, Bytes.deflated(new byte[] {0, 7}));

        ImageRejectedException rejection = rejection(Bytes.withPngChunk(png, "PLTE", new byte[6]));

        assertThat(rejection).hasMessageContaining("palette index 7: the palette has 2 entries");
    }

    private static ImageRejectedException rejection(byte[] file) {
        ImageRejectedException rejection = catchThrowableOfType(
                ImageRejectedException.class, () -> ImageDecoder.decode(file, ImageLimits.DEFAULT));
        assertThat(rejection).isNotNull();
        return rejection;
    }
}
