package io.driftrec.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG (third edition of the specification, 5.3 and 11): size, sample layout, palette, transparency,
 * profile, orientation, and where the compressed pixels are. Walks the whole file, inflates nothing.
 */
final class PngHeader {
    static final int SIGNATURE_BYTES = 8;
    static final int CHUNK_OVERHEAD = 12;
    static final int IHDR = 0x49484452;
    static final int PLTE = 0x504C5445;
    static final int IDAT = 0x49444154;
    static final int IEND = 0x49454E44;
    static final int ICCP = 0x69434350;

    static final int GREY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GREY_ALPHA = 4;
    static final int RGB_ALPHA = 6;

    private static final int TRNS = 0x74524E53;
    private static final int ACTL = 0x6163544C;
    private static final int EXIF = 0x65584966;
    private static final int IHDR_BYTES = 13;
    private static final int LOWER_CASE_FIRST_LETTER = 0x20000000;

    private final byte[] bytes;
    private final ByteBuffer buffer;
    private int width;
    private int height;
    private int depth;
    private int colourType;
    private long compressedBytes;
    private @Nullable ByteBuffer palette;
    private @Nullable ByteBuffer transparency;
    private @Nullable ByteBuffer compressedProfile;
    private Orientation orientation = Orientation.UPRIGHT;

    private PngHeader(byte[] bytes) {
        this.bytes = bytes;
        this.buffer = ByteBuffer.wrap(bytes);
    }

    static PngHeader read(byte[] bytes) throws ImageRejectedException {
        PngHeader header = new PngHeader(bytes);
        int position = SIGNATURE_BYTES;
        int type;
        do {
            long length = position + 8 <= bytes.length ? Integer.toUnsignedLong(header.buffer.getInt(position)) : 0;
            if (position + CHUNK_OVERHEAD + length > bytes.length) {
                throw ImageRejectedException.corrupt("PNG is truncated: it ends after " + bytes.length
                        + " bytes, inside the chunk that starts at byte " + position);
            }
            type = header.buffer.getInt(position + 4);
            if (position == SIGNATURE_BYTES && type != IHDR) {
                throw ImageRejectedException.corrupt("PNG starts with chunk " + name(type) + ": IHDR is right");
            }
            header.take(type, position, (int) length);
            position += CHUNK_OVERHEAD + (int) length;
        } while (type != IEND);
        header.checkPixelChunks();
        return header;
    }

    private void take(int type, int position, int length) throws ImageRejectedException {
        int start = position + 8;
        switch (type) {
            case IHDR -> takeSize(position, length);
            case PLTE -> palette = buffer.slice(start, length);
            case TRNS -> transparency = buffer.slice(start, length);
            case IDAT -> compressedBytes += length;
            case ICCP -> {
                if (isIntact(position, length)) {
                    compressedProfile = buffer.slice(start, length);
                }
            }
            case EXIF -> orientation = Orientation.ofExif(bytes, start, start + length);
            case ACTL -> {
                if (length >= 4 && buffer.getInt(start) > 1) {
                    throw ImageRejectedException.unsupported(
                            "PNG is an animation of " + buffer.getInt(start) + " frames: still images are decoded");
                }
            }
            default -> {
                if (type != IEND && (type & LOWER_CASE_FIRST_LETTER) == 0) {
                    throw ImageRejectedException.unsupported(
                            "PNG needs the unknown chunk " + name(type) + " for its pixels");
                }
            }
        }
    }

    private void takeSize(int position, int length) throws ImageRejectedException {
        if (position != SIGNATURE_BYTES || length != IHDR_BYTES || !isIntact(position, length)) {
            throw ImageRejectedException.corrupt("PNG header chunk at byte " + position + " is damaged");
        }
        int start = position + 8;
        width = buffer.getInt(start);
        height = buffer.getInt(start + 4);
        depth = buffer.get(start + 8);
        colourType = buffer.get(start + 9);
        if (width < 1 || height < 1) {
            throw ImageRejectedException.corrupt("PNG is " + Integer.toUnsignedString(width) + "x"
                    + Integer.toUnsignedString(height) + ": both sides must be between 1 and " + Integer.MAX_VALUE);
        }
        boolean hasKnownLayout =
                switch (colourType) {
                    case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
                    case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
                    case RGB, GREY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
                    default -> false;
                };
        if (!hasKnownLayout || buffer.get(start + 10) != 0 || buffer.get(start + 11) != 0) {
            throw ImageRejectedException.corrupt("PNG has colour type " + colourType + " with " + depth
                    + " bits, compression " + buffer.get(start + 10) + ", filter " + buffer.get(start + 11)
                    + ": the specification has no such layout");
        }
    }

    private void checkPixelChunks() throws ImageRejectedException {
        if (compressedBytes == 0) {
            throw ImageRejectedException.corrupt("PNG has no pixels (no IDAT chunk)");
        }
        if (colourType == PALETTE && (palette == null || palette.limit() < 3 || palette.limit() > 768)) {
            throw ImageRejectedException.corrupt(
                    "PNG has a palette of " + (palette == null ? 0 : palette.limit()) + " bytes: 3 to 768 are right");
        }
    }

    /** Whether the chunk's checksum is right. */
    boolean isIntact(int position, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, position + 4, length + 4);
        return (int) crc.getValue() == buffer.getInt(position + 8 + length);
    }

    static String name(int type) {
        StringBuilder name = new StringBuilder();
        for (int shift = 24; shift >= 0; shift -= 8) {
            int letter = type >> shift & 0xFF;
            name.append(letter > ' ' && letter < 0x7F ? (char) letter : '?');
        }
        return name.toString();
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int depth() {
        return depth;
    }

    int colourType() {
        return colourType;
    }

    Orientation orientation() {
        return orientation;
    }

    /** Sum of the lengths of the IDAT chunks. */
    long compressedBytes() {
        return compressedBytes;
    }

    int bitsPerPixel() {
        return depth
                * switch (colourType) {
                    case RGB -> 3;
                    case GREY_ALPHA -> 2;
                    case RGB_ALPHA -> 4;
                    default -> 1;
                };
    }

    /** Red, green, blue of each entry. */
    Optional<ByteBuffer> palette() {
        return Optional.ofNullable(palette);
    }

    /** The payload of tRNS: alpha of palette entries, or the transparent colour in 16 bit samples. */
    Optional<ByteBuffer> transparency() {
        return Optional.ofNullable(transparency);
    }

    /** The profile, if it inflates to at most {@link IccProfile#MAX_BYTES} and fits the image's channels. */
    Optional<IccProfile> profile() {
        if (compressedProfile == null) {
            return Optional.empty();
        }
        byte[] chunk = new byte[compressedProfile.limit()];
        compressedProfile.get(0, chunk);
        int afterName = 0;
        while (afterName < chunk.length && chunk[afterName] != 0) {
            afterName++;
        }
        int start = Math.min(afterName + 2, chunk.length);
        InflaterInputStream inflater =
                new InflaterInputStream(new ByteArrayInputStream(chunk, start, chunk.length - start));
        try (inflater) {
            boolean isGrey = colourType == GREY || colourType == GREY_ALPHA;
            byte[] profile = inflater.readNBytes(IccProfile.MAX_BYTES + 1);
            return IccProfile.of(profile, isGrey ? IccProfile.Space.GREY : IccProfile.Space.RGB);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
