package io.driftrec.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A colour profile that travels from the source to the result unread.
 *
 * <p>Only its header is checked (ICC.1, 7.2). A profile that is broken, or made for other channels than the image has, is
 * dropped as if it were not there, as viewers do: it never decides whether an image is accepted. Immutable.
 */
public final class IccProfile {
    /** More than the largest printing profiles in use; what is larger is dropped. */
    static final int MAX_BYTES = 4 << 20;

    private static final int HEADER_BYTES = 128;
    private static final int SPACE_OFFSET = 16;
    private static final int SIGNATURE_OFFSET = 36;

    private final byte[] bytes;

    /** The device side of a profile: what an image's samples mean. */
    enum Space {
        GREY("GRAY"),
        RGB("RGB "),
        CMYK("CMYK");

        private final int signature;

        Space(String signature) {
            this.signature = ByteBuffer.wrap(signature.getBytes(StandardCharsets.US_ASCII))
                    .getInt();
        }
    }

    private IccProfile(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The profile in {@code bytes} if it is one for {@code space}; takes the array over. */
    static Optional<IccProfile> of(byte[] bytes, Space space) {
        if (bytes.length < HEADER_BYTES || bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        boolean isProfile = header.getInt(0) == bytes.length
                && header.getInt(SIGNATURE_OFFSET) == 0x61637370 // "acsp"
                && header.getInt(SPACE_OFFSET) == space.signature;
        return isProfile ? Optional.of(new IccProfile(bytes)) : Optional.empty();
    }

    /** A copy of the profile's bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    boolean isRgb() {
        return ByteBuffer.wrap(bytes).getInt(SPACE_OFFSET) == Space.RGB.signature;
    }

    int size() {
        return bytes.length;
    }
}
