package io.driftrec.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a WebP container (RFC 9649, section 2) chunk by chunk. */
final class WebpForm {
    static final int ALPHA_FLAG = 0x10;
    static final int PROFILE_FLAG = 0x20;

    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

    WebpForm add(int type, ByteBuffer payload) {
        chunks.writeBytes(littleEndian(8).putInt(type).putInt(payload.limit()).array());
        byte[] bytes = new byte[payload.limit()];
        payload.get(0, bytes);
        chunks.writeBytes(bytes);
        if (bytes.length % 2 == 1) {
            chunks.write(0);
        }
        return this;
    }

    /** The chunk that says what else is in the file and how large the picture is. */
    WebpForm addCanvas(int flags, int width, int height) {
        ByteBuffer payload = littleEndian(10).putInt(flags);
        for (int side : new int[] {width - 1, height - 1}) {
            payload.put((byte) side).put((byte) (side >> 8)).put((byte) (side >> 16));
        }
        return add(WebpHeader.VP8X, payload);
    }

    byte[] toBytes() {
        byte[] body = chunks.toByteArray();
        return littleEndian(WebpHeader.FORM_BYTES + body.length)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(4 + body.length)
                .put("WEBP".getBytes(StandardCharsets.US_ASCII))
                .put(body)
                .array();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
