package io.driftrec.image;

/**
 * A cursor over the marker segments of a JPEG file (ITU-T T.81, annex B). Bytes between segments are skipped, as decoders
 * do. Not thread-safe.
 */
final class JpegSegments {
    static final int SOI = 0xD8;
    static final int EOI = 0xD9;
    static final int SOS = 0xDA;
    static final int DQT = 0xDB;
    static final int DHT = 0xC4;
    static final int DRI = 0xDD;
    static final int APP0 = 0xE0;
    static final int APP1 = 0xE1;
    static final int APP2 = 0xE2;
    static final int APP14 = 0xEE;

    private static final int TEM = 0x01;
    private static final int RST0 = 0xD0;
    private static final int RST7 = 0xD7;

    private final byte[] bytes;
    private int marker;
    private int segmentStart;
    private int payloadStart;
    private int end;

    JpegSegments(byte[] bytes) {
        this.bytes = bytes;
        this.end = 2;
    }

    /**
     * Moves to the next segment.
     *
     * @throws ImageRejectedException where the file ends before it
     */
    void advance() throws ImageRejectedException {
        int position = end;
        do {
            while (at(position) != 0xFF) {
                position++;
            }
            while (at(position) == 0xFF) {
                position++;
            }
            marker = at(position++);
        } while (marker == 0 || marker == TEM || (marker >= RST0 && marker <= RST7));
        segmentStart = position - 2;
        payloadStart = position + 2;
        end = position;
        if (marker == EOI || marker == SOI) {
            return;
        }
        int length = at(position) << 8 | at(position + 1);
        if (length < 2) {
            throw ImageRejectedException.corrupt("JPEG segment " + Integer.toHexString(marker) + " at byte "
                    + segmentStart + " has length " + length + ": at least 2 is right");
        }
        end = position + length;
        if (end > bytes.length) {
            throw truncated();
        }
    }

    /** Moves behind the entropy-coded data that follows a start-of-scan segment. */
    void skipScan() throws ImageRejectedException {
        int position = end;
        while (true) {
            if (at(position) == 0xFF) {
                int next = at(position + 1);
                if (next != 0 && next != 0xFF && (next < RST0 || next > RST7)) {
                    end = position;
                    return;
                }
            }
            position++;
        }
    }

    int marker() {
        return marker;
    }

    /** Index of the marker's first byte (0xFF). */
    int segmentStart() {
        return segmentStart;
    }

    /** Index of the first byte after the length field. */
    int payloadStart() {
        return payloadStart;
    }

    /** Index behind the segment, and behind the scan after {@link #skipScan()}. */
    int end() {
        return end;
    }

    int payloadLength() {
        return end - payloadStart;
    }

    /** The payload's byte at {@code offset}. */
    int payload(int offset) throws ImageRejectedException {
        if (payloadStart + offset >= end) {
            throw ImageRejectedException.corrupt("JPEG segment " + Integer.toHexString(marker) + " at byte "
                    + segmentStart + " has " + payloadLength() + " bytes: too short for what it describes");
        }
        return at(payloadStart + offset);
    }

    boolean payloadStartsWith(byte[] prefix) {
        return payloadLength() >= prefix.length && ImageFormat.startsWith(bytes, payloadStart, prefix);
    }

    private int at(int position) throws ImageRejectedException {
        if (position >= bytes.length) {
            throw truncated();
        }
        return bytes[position] & 0xFF;
    }

    private ImageRejectedException truncated() {
        return ImageRejectedException.corrupt(
                "JPEG is truncated: it ends after " + bytes.length + " bytes without its end-of-image marker");
    }
}
