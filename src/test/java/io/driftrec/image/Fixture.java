package io.driftrec.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The files under src/test/resources/image, and what Pillow decodes from them. */
final class Fixture {
    static final int WIDTH = 45;
    static final int HEIGHT = 31;

    static final List<String> JPEGS = Stream.concat(
                    Stream.of(
                            "baseline-420.jpg",
                            "baseline-422.jpg",
                            "baseline-444.jpg",
                            "progressive.jpg",
                            "grey.jpg",
                            "grey-progressive.jpg",
                            "profile.jpg",
                            "rgb-adobe.jpg"),
                    IntStream.rangeClosed(1, 8).mapToObj(value -> "orientation-" + value + ".jpg"))
            .toList();
    static final List<String> CMYK_JPEGS = List.of("cmyk.jpg", "cmyk-unmarked.jpg", "ycck.jpg", "cmyk-profile.jpg");
    static final List<String> PNGS = List.of(
            "rgb.png",
            "grey.png",
            "grey-1bit.png",
            "grey-alpha.png",
            "rgb-alpha.png",
            "palette.png",
            "palette-4bit.png",
            "palette-alpha.png",
            "palette-grey.png",
            "rgb-key.png",
            "grey-key.png",
            "profile.png",
            "interlaced.png");
    static final List<String> PNGS_OF_16_BIT = List.of("rgb-16bit.png", "rgb-alpha-16bit.png", "grey-16bit.png");
    static final List<String> LOSSLESS_WEBPS = List.of("lossless.webp", "lossless-alpha.webp");
    static final List<String> LOSSY_WEBPS = List.of("lossy.webp", "lossy-alpha.webp", "profile.webp");

    private Fixture() {}

    static List<String> all() {
        return Stream.of(JPEGS, CMYK_JPEGS, PNGS, PNGS_OF_16_BIT, LOSSLESS_WEBPS, LOSSY_WEBPS)
                .flatMap(List::stream)
                .toList();
    }

    static byte[] bytes(String name) {
        try (InputStream in = Fixture.class.getResourceAsStream("/image/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Picture decoded(String name) {
        return decoded(bytes(name));
    }

    static Picture decoded(byte[] file) {
        try {
            return ImageDecoder.decode(file, ImageLimits.DEFAULT);
        } catch (ImageRejectedException e) {
            throw new AssertionError(e);
        }
    }

    /** (H, W, 4), 8 bit, upright. */
    static byte[] pillowRgba(String name) {
        return unzipped("expected/" + name + ".rgba.gz");
    }

    /** (H, W, samples of the file), 16 bit. */
    static int[] samples16(String name) {
        ByteBuffer raw = ByteBuffer.wrap(unzipped("expected/" + name + ".u16.gz"));
        return IntStream.range(0, raw.limit() / 2)
                .map(i -> Short.toUnsignedInt(raw.getShort(2 * i)))
                .toArray();
    }

    /** (H, W, 4), 8 bit. */
    static byte[] rgba(Picture picture) {
        Rgb8 colours = Rgb8.of(picture);
        byte[] alpha = picture.alpha().orElse(null);
        byte[] rgba = new byte[4 * picture.pixels()];
        for (int i = 0; i < picture.pixels(); i++) {
            System.arraycopy(colours.samples(), 3 * i, rgba, 4 * i, 3);
            rgba[4 * i + 3] = alpha == null ? (byte) 255 : alpha[i];
        }
        return rgba;
    }

    static int maxDifference(byte[] a, byte[] b) {
        if (a.length != b.length) {
            throw new AssertionError(a.length + " samples against " + b.length);
        }
        return IntStream.range(0, a.length)
                .map(i -> Math.abs((a[i] & 0xFF) - (b[i] & 0xFF)))
                .max()
                .orElse(0);
    }

    private static byte[] unzipped(String name) {
        try (GZIPInputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(bytes(name)))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
