package io.driftrec.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes application markers: the colour model (JFIF or Adobe) and the colour profile (ICC.1, annex B.4). */
final class JpegMarkers {
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};
    private static final byte[] ADOBE = Arrays.copyOf("Adobe\0d".getBytes(StandardCharsets.US_ASCII), 11);
    private static final int MAX_PROFILE_PART = 65_519;

    private JpegMarkers() {}

    /** States what the components mean: JFIF for grey and YCbCr, Adobe's transform for the others. */
    static void writeColour(ByteArrayOutputStream out, JpegHeader.Colour colour) {
        if (colour == JpegHeader.Colour.GREY || colour == JpegHeader.Colour.YCBCR) {
            writeSegment(out, JpegSegments.APP0, JFIF);
            return;
        }
        byte[] payload = Arrays.copyOf(ADOBE, ADOBE.length + 1);
        payload[ADOBE.length] = (byte) (colour == JpegHeader.Colour.YCCK ? 2 : 0);
        writeSegment(out, JpegSegments.APP14, payload);
    }

    static void writeProfile(ByteArrayOutputStream out, IccProfile profile) {
        byte[] bytes = profile.toBytes();
        int parts = (bytes.length + MAX_PROFILE_PART - 1) / MAX_PROFILE_PART;
        for (int part = 0; part < parts; part++) {
            int start = part * MAX_PROFILE_PART;
            int length = Math.min(MAX_PROFILE_PART, bytes.length - start);
            byte[] payload = Arrays.copyOf(JpegHeader.ICC, JpegHeader.ICC.length + 2 + length);
            payload[JpegHeader.ICC.length] = (byte) (part + 1);
            payload[JpegHeader.ICC.length + 1] = (byte) parts;
            System.arraycopy(bytes, start, payload, JpegHeader.ICC.length + 2, length);
            writeSegment(out, JpegSegments.APP2, payload);
        }
    }

    private static void writeSegment(ByteArrayOutputStream out, int marker, byte[] payload) {
        int length = payload.length + 2;
        out.write(0xFF);
        out.write(marker);
        out.write(length >> 8);
        out.write(length);
        out.writeBytes(payload);
    }
}
