package io.driftrec.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the segments before the first scan of a JPEG say: size, colour, orientation, profile. Nothing is decoded.
 *
 * <p>Supported frames: baseline, extended sequential and progressive Huffman (SOF0, SOF1, SOF2) with 8 bit samples. The
 * meaning of the components follows libjpeg: a JFIF marker means YCbCr, else the Adobe marker's transform decides, else the
 * component ids, else YCbCr.
 */
final class JpegHeader {
    static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int PROGRESSIVE_FRAME = 0xC2;
    private static final int ADOBE_TRANSFORM_OFFSET = 11;
    private static final int ABSENT = -1;

    private final byte[] bytes;
    private final List<byte[]> profileParts = new ArrayList<>();
    private int width;
    private int height;
    private int[] ids = {};
    private int[] samplings = {};
    private boolean hasJfif;
    private int adobeTransform = ABSENT;
    private @Nullable Orientation orientation;

    /** What the components mean. */
    enum Colour {
        GREY,
        YCBCR,
        RGB,
        CMYK,
        YCCK
    }

    private JpegHeader(byte[] bytes) {
        this.bytes = bytes;
    }

    static JpegHeader read(byte[] bytes) throws ImageRejectedException {
        JpegHeader header = new JpegHeader(bytes);
        JpegSegments segments = new JpegSegments(bytes);
        do {
            segments.advance();
            header.take(segments);
        } while (segments.marker() != JpegSegments.SOS && segments.marker() != JpegSegments.EOI);
        if (header.ids.length == 0) {
            throw ImageRejectedException.corrupt("JPEG has no frame header before its first scan");
        }
        return header;
    }

    private void take(JpegSegments segments) throws ImageRejectedException {
        switch (segments.marker()) {
            case JpegSegments.APP0 -> hasJfif |= segments.payloadStartsWith(JFIF);
            case JpegSegments.APP1 -> {
                if (orientation == null && segments.payloadStartsWith(EXIF)) {
                    orientation = Orientation.ofExif(bytes, segments.payloadStart() + EXIF.length, segments.end());
                }
            }
            case JpegSegments.APP2 -> {
                if (segments.payloadStartsWith(ICC) && segments.payloadLength() > ICC.length + 2) {
                    int start = segments.payloadStart() + ICC.length;
                    profileParts.add(Arrays.copyOfRange(bytes, start, segments.end()));
                }
            }
            case JpegSegments.APP14 -> {
                if (segments.payloadStartsWith(ADOBE) && segments.payloadLength() > ADOBE_TRANSFORM_OFFSET) {
                    adobeTransform = segments.payload(ADOBE_TRANSFORM_OFFSET);
                }
            }
            default -> {
                if (isFrame(segments.marker())) {
                    takeFrame(segments);
                }
            }
        }
    }

    /** SOF0 to SOF15, whose range DHT, JPG and DAC share. */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private void takeFrame(JpegSegments segments) throws ImageRejectedException {
        if (ids.length != 0) {
            throw ImageRejectedException.corrupt("JPEG has two frame headers: one is right");
        }
        if (segments.marker() > PROGRESSIVE_FRAME) {
            throw ImageRejectedException.unsupported("JPEG of process SOF" + (segments.marker() - 0xC0)
                    + ": baseline and progressive Huffman (SOF0 to SOF2) are decoded");
        }
        int precision = segments.payload(0);
        if (precision != 8) {
            throw ImageRejectedException.unsupported("JPEG with " + precision + " bits a sample: 8 are decoded");
        }
        height = segments.payload(1) << 8 | segments.payload(2);
        width = segments.payload(3) << 8 | segments.payload(4);
        if (width == 0 || height == 0) {
            throw ImageRejectedException.corrupt("JPEG is " + width + "x" + height + ": both sides must be at least 1");
        }
        int components = segments.payload(5);
        if (components != 1 && components != 3 && components != 4) {
            throw ImageRejectedException.unsupported("JPEG with " + components + " components: 1, 3 and 4 are decoded");
        }
        ids = new int[components];
        samplings = new int[components];
        for (int i = 0; i < components; i++) {
            ids[i] = segments.payload(6 + 3 * i);
            samplings[i] = segments.payload(7 + 3 * i);
            checkSampling(samplings[i]);
        }
    }

    private static void checkSampling(int sampling) throws ImageRejectedException {
        int horizontal = sampling >> 4;
        int vertical = sampling & 0xF;
        if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
            throw ImageRejectedException.corrupt(
                    "JPEG has sampling factors " + horizontal + "x" + vertical + ": each must be 1 to 4");
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    Orientation orientation() {
        return orientation == null ? Orientation.UPRIGHT : orientation;
    }

    Colour colour() {
        return switch (ids.length) {
            case 1 -> Colour.GREY;
            case 3 -> isRgb() ? Colour.RGB : Colour.YCBCR;
            default -> adobeTransform == 2 ? Colour.YCCK : Colour.CMYK;
        };
    }

    private boolean isRgb() {
        if (hasJfif) {
            return false;
        }
        if (adobeTransform != ABSENT) {
            return adobeTransform == 0;
        }
        return ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B';
    }

    /** The number of 8x8 blocks of all components. Each takes at least one bit of the file. */
    long blocks() {
        int maxHorizontal = 1;
        int maxVertical = 1;
        for (int sampling : samplings) {
            maxHorizontal = Math.max(maxHorizontal, sampling >> 4);
            maxVertical = Math.max(maxVertical, sampling & 0xF);
        }
        long blocks = 0;
        for (int sampling : samplings) {
            long columns = (long) width * (sampling >> 4) / (8L * maxHorizontal);
            long rows = (long) height * (sampling & 0xF) / (8L * maxVertical);
            blocks += columns * rows;
        }
        return blocks;
    }

    /** The profile, if its parts are all there and fit the image's channels. */
    Optional<IccProfile> profile() {
        int count = profileParts.size();
        byte[][] inOrder = new byte[count][];
        for (byte[] part : profileParts) {
            int number = part[0] & 0xFF;
            if ((part[1] & 0xFF) != count || number < 1 || number > count || inOrder[number - 1] != null) {
                return Optional.empty();
            }
            inOrder[number - 1] = part;
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : inOrder) {
            joined.write(part, 2, part.length - 2);
        }
        return IccProfile.of(
                joined.toByteArray(),
                switch (colour()) {
                    case GREY -> IccProfile.Space.GREY;
                    case YCBCR, RGB -> IccProfile.Space.RGB;
                    case CMYK, YCCK -> IccProfile.Space.CMYK;
                });
    }
}
