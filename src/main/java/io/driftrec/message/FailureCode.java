package io.driftrec.message;

/** Why a request failed: a field of the failure event and a label of the outcome metric. */
public enum FailureCode {
    INVALID_REQUEST,
    SOURCE_FORBIDDEN,
    SOURCE_NOT_FOUND,
    SOURCE_TOO_LARGE,
    SOURCE_UNAVAILABLE(true),
    UNSUPPORTED_FORMAT,
    CORRUPT_IMAGE,
    TOO_MANY_PIXELS,
    UNKNOWN_MODEL,
    UNSUPPORTED_SAMPLER,
    DEADLINE_EXCEEDED,
    TARGET_FORBIDDEN,
    TARGET_UNAVAILABLE(true),
    DEVICE_OUT_OF_MEMORY,
    NON_FINITE_RESULT,
    INTERNAL;

    private final boolean retryable;

    FailureCode() {
        this(false);
    }

    FailureCode(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same request may succeed later; the worker itself tries again before it reports such a failure. */
    public boolean isRetryable() {
        return retryable;
    }
}
