package io.driftrec.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a WebP (RFC 9649): the bit stream with its own size, alpha, profile, orientation. Nothing is decoded.
 */
final class WebpHeader {
    static final int FORM_BYTES = 12;
    static final int CHUNK_HEADER = 8;
    static final int VP8 = 0x20385056;
    static final int VP8L = 0x4C385056;
    static final int VP8X = 0x58385056;
    static final int ALPH = 0x48504C41;
    static final int ICCP = 0x50434349;

    private static final int ANIM = 0x4D494E41;
    private static final int ANMF = 0x464D4E41;
    private static final int EXIF = 0x46495845;
    private static final byte[] EXIF_PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int ANIMATION_FLAG = 0x02;
    private static final int LOSSLESS_SIGNATURE = 0x2F;
    private static final int START_CODE = 0x2A019D;
    private static final int SIDE_MASK = 0x3FFF;

    private final ByteBuffer buffer;
    private int width;
    private int height;
    private boolean isExtended;
    private int canvasWidth;
    private int canvasHeight;
    private @Nullable ByteBuffer bitStream;
    private boolean isLossless;
    private boolean losslessHasAlpha;
    private @Nullable ByteBuffer alpha;
    private @Nullable ByteBuffer profile;
    private Orientation orientation = Orientation.UPRIGHT;

    private WebpHeader(byte[] bytes) {
        this.buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static WebpHeader read(byte[] bytes) throws ImageRejectedException {
        WebpHeader header = new WebpHeader(bytes);
        long formEnd = Integer.toUnsignedLong(header.buffer.getInt(4)) + 8;
        if (formEnd > bytes.length) {
            throw ImageRejectedException.corrupt(
                    "WebP is truncated: its header says " + formEnd + " bytes, there are " + bytes.length);
        }
        int position = FORM_BYTES;
        while (position + CHUNK_HEADER <= formEnd) {
            long length = Integer.toUnsignedLong(header.buffer.getInt(position + 4));
            if (position + CHUNK_HEADER + length > formEnd) {
                throw ImageRejectedException.corrupt(
                        "WebP chunk at byte " + position + " has " + length + " bytes: the file ends before");
            }
            header.take(bytes, position, (int) length);
            position += CHUNK_HEADER + (int) (length + (length & 1));
        }
        header.checkImage();
        return header;
    }

    private void take(byte[] bytes, int position, int length) throws ImageRejectedException {
        int start = position + CHUNK_HEADER;
        ByteBuffer payload = buffer.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
        switch (buffer.getInt(position)) {
            case VP8X -> takeCanvas(payload);
            case ANIM, ANMF -> throw animation();
            case ICCP -> profile = payload;
            case ALPH -> alpha = payload;
            case EXIF -> {
                int prefix = ImageFormat.startsWith(bytes, start, EXIF_PREFIX) ? EXIF_PREFIX.length : 0;
                orientation = Orientation.ofExif(bytes, start + prefix, start + length);
            }
            case VP8 -> takeLossy(payload);
            case VP8L -> takeLossless(payload);
            default -> {
                // XMP and chunks to come: not needed for the pixels
            }
        }
    }

    private void takeCanvas(ByteBuffer payload) throws ImageRejectedException {
        if (payload.limit() < 10) {
            throw ImageRejectedException.corrupt("WebP canvas chunk has " + payload.limit() + " bytes: 10 are right");
        }
        if ((payload.get(0) & ANIMATION_FLAG) != 0) {
            throw animation();
        }
        isExtended = true;
        canvasWidth = 1 + (payload.getInt(4) & 0xFFFFFF);
        canvasHeight = 1 + (payload.getInt(6) >>> 8);
    }

    private static ImageRejectedException animation() {
        return ImageRejectedException.unsupported("WebP is an animation: still images are decoded");
    }

    private void takeLossy(ByteBuffer payload) throws ImageRejectedException {
        if (bitStream != null) {
            throw ImageRejectedException.corrupt("WebP has two bit streams: one is right");
        }
        boolean isKeyFrame =
                payload.limit() >= 10 && (payload.get(0) & 1) == 0 && (payload.getInt(3) & 0xFFFFFF) == START_CODE;
        if (!isKeyFrame) {
            throw ImageRejectedException.corrupt("WebP has a lossy bit stream without a key frame header");
        }
        bitStream = payload;
        width = payload.getShort(6) & SIDE_MASK;
        height = payload.getShort(8) & SIDE_MASK;
    }

    private void takeLossless(ByteBuffer payload) throws ImageRejectedException {
        if (bitStream != null) {
            throw ImageRejectedException.corrupt("WebP has two bit streams: one is right");
        }
        if (payload.limit() < 5 || payload.get(0) != LOSSLESS_SIGNATURE) {
            throw ImageRejectedException.corrupt("WebP has a lossless bit stream without its signature");
        }
        int packed = payload.getInt(1);
        bitStream = payload;
        isLossless = true;
        width = 1 + (packed & SIDE_MASK);
        height = 1 + (packed >> 14 & SIDE_MASK);
        losslessHasAlpha = (packed >> 28 & 1) != 0;
    }

    private void checkImage() throws ImageRejectedException {
        if (bitStream == null) {
            throw ImageRejectedException.corrupt("WebP has no bit stream");
        }
        if (width == 0 || height == 0) {
            throw ImageRejectedException.corrupt("WebP is " + width + "x" + height + ": both sides must be at least 1");
        }
        if (isExtended && (canvasWidth != width || canvasHeight != height)) {
            throw ImageRejectedException.corrupt("WebP canvas is " + canvasWidth + "x" + canvasHeight
                    + ", its bit stream " + width + "x" + height + ": they must agree");
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    boolean isLossless() {
        return isLossless;
    }

    boolean hasAlpha() {
        return isLossless ? losslessHasAlpha : alpha().isPresent();
    }

    Orientation orientation() {
        return orientation;
    }

    ByteBuffer bitStream() {
        return Objects.requireNonNull(bitStream);
    }

    /** The alpha plane of a lossy image. */
    Optional<ByteBuffer> alpha() {
        return isExtended && !isLossless ? Optional.ofNullable(alpha) : Optional.empty();
    }

    /** The profile, if it is a sound one for RGB. */
    Optional<IccProfile> profile() {
        if (profile == null || profile.limit() > IccProfile.MAX_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = new byte[profile.limit()];
        profile.get(0, bytes);
        return IccProfile.of(bytes, IccProfile.Space.RGB);
    }

    /** The same picture in a file that carries the profile. */
    byte[] withProfile(IccProfile added) {
        int flags = WebpForm.PROFILE_FLAG | (hasAlpha() ? WebpForm.ALPHA_FLAG : 0);
        WebpForm form = new WebpForm().addCanvas(flags, width, height).add(ICCP, ByteBuffer.wrap(added.toBytes()));
        alpha().ifPresent(plane -> form.add(ALPH, plane));
        return form.add(isLossless ? VP8L : VP8, bitStream()).toBytes();
    }
}
