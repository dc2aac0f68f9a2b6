package io.driftrec.image;

import org.jspecify.annotations.Nullable;

/** A file that is not decoded. The message names the value at fault and what would be right. */
public final class ImageRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** The constants are named like the failure codes that they end in. */
    public enum Reason {
        /** Not JPEG, PNG or WebP, or a variant of them that is not decoded (animation, lossless JPEG, 12 bit JPEG). */
        UNSUPPORTED_FORMAT,
        /** Truncated, damaged or contradicting itself. */
        CORRUPT_IMAGE,
        /** More pixels than {@link ImageLimits#maxPixels()}, or than the memory of this machine holds. */
        TOO_MANY_PIXELS,
        /** More bytes than {@link ImageLimits#maxBytes()}. */
        SOURCE_TOO_LARGE
    }

    ImageRejectedException(Reason reason, String message) {
        this(reason, message, null);
    }

    ImageRejectedException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static ImageRejectedException corrupt(String message) {
        return new ImageRejectedException(Reason.CORRUPT_IMAGE, message);
    }

    static ImageRejectedException unsupported(String message) {
        return new ImageRejectedException(Reason.UNSUPPORTED_FORMAT, message);
    }

    public Reason reason() {
        return reason;
    }
}
