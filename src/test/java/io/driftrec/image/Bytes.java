package io.driftrec.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds and patches files for tests. */
final class Bytes {
    private static final int PNG_HEADER_END = 33;
    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private Bytes() {}

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The file with {@code replacement} over the bytes from {@code position}. */
    static byte[] patched(byte[] file, int position, int... replacement) {
        byte[] copy = file.clone();
        for (int i = 0; i < replacement.length; i++) {
            copy[position + i] = (byte) replacement[i];
        }
        return copy;
    }

    static int indexOf(byte[] file, int... pattern) {
        for (int i = 0; i + pattern.length <= file.length; i++) {
            boolean matches = true;
            for (int j = 0; j < pattern.length; j++) {
                matches &= (file[i + j] & 0xFF) == pattern[j];
            }
            if (matches) {
                return i;
            }
        }
        throw new AssertionError("pattern not found");
    }

    static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater(9);
        deflater.setInput(data);
        deflater.finish();
        byte[] buffer = new byte[data.length / 500 + 1000];
        int length = deflater.deflate(buffer);
        if (!deflater.finished()) {
            throw new AssertionError("data does not compress that well");
        }
        deflater.end();
        return Arrays.copyOf(buffer, length);
    }

    static byte[] pngChunk(String type, byte[] payload) {
        byte[] typeAndPayload = concat(ascii(type), payload);
        CRC32 crc = new CRC32();
        crc.update(typeAndPayload);
        return ByteBuffer.allocate(payload.length + 12)
                .putInt(payload.length)
                .put(typeAndPayload)
                .putInt((int) crc.getValue())
                .array();
    }

    /** The PNG with a chunk more, behind its header. */
    static byte[] withPngChunk(byte[] png, String type, byte[] payload) {
        return concat(
                Arrays.copyOf(png, PNG_HEADER_END),
                pngChunk(type, payload),
                Arrays.copyOfRange(png, PNG_HEADER_END, png.length));
    }

    /** A PNG with any header and any compressed pixels. */
    static byte[] png(int width, int height, int depth, int colourType, byte[] compressed) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {(byte) depth, (byte) colourType, 0, 0, 0})
                .array();
        return concat(
                PNG_SIGNATURE, pngChunk("IHDR", header), pngChunk("IDAT", compressed), pngChunk("IEND", new byte[0]));
    }

    /** The simple WebP as an extended one with a chunk more. */
    static byte[] withWebpChunk(byte[] webp, String type, byte[] payload) {
        byte[] canvas = ByteBuffer.allocate(18)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("VP8X"))
                .putInt(10)
                .putInt(0)
                .put(new byte[] {Fixture.WIDTH - 1, 0, 0, Fixture.HEIGHT - 1, 0, 0})
                .array();
        byte[] chunk = ByteBuffer.allocate(8 + payload.length + payload.length % 2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii(type))
                .putInt(payload.length)
                .put(payload)
                .array();
        byte[] body = concat(ascii("WEBP"), canvas, Arrays.copyOfRange(webp, 12, webp.length), chunk);
        return concat(
                ascii("RIFF"),
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(body.length)
                        .array(),
                body);
    }

    /** The JPEG with a segment more, behind its start. */
    static byte[] withJpegSegment(byte[] jpeg, int marker, byte[] payload) {
        byte[] segment = ByteBuffer.allocate(4 + payload.length)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (payload.length + 2))
                .put(payload)
                .array();
        return concat(Arrays.copyOf(jpeg, 2), segment, Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }
}
