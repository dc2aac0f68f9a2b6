package io.driftrec.message;

/** Why a request failed: a field of the failure event and a label of the outcome metric. */
public enum FailureCode {
    /** The request breaks its schema, its target is its source, or its image is too large for the output format. */
    INVALID_REQUEST,
    /** The source is outside what the worker may read. */
    SOURCE_FORBIDDEN,
    /** There is no object at the source. */
    SOURCE_NOT_FOUND,
    /** The source has more bytes than the worker reads. */
    SOURCE_TOO_LARGE,
    /** The source could not be read for now. */
    SOURCE_UNAVAILABLE(true),
    /** The source is in no format that the worker decodes, or the output in none that it encodes. */
    UNSUPPORTED_FORMAT,
    /** The source is damaged beyond decoding. */
    CORRUPT_IMAGE,
    /** The source has more pixels than the worker restores. */
    TOO_MANY_PIXELS,
    /** The worker has no such model. */
    UNKNOWN_MODEL,
    /** The worker has no such sampler, or not with these settings or for this model. */
    UNSUPPORTED_SAMPLER,
    /** The deadline passed before sampling began. */
    DEADLINE_EXCEEDED,
    /** The target is outside what the worker may write. */
    TARGET_FORBIDDEN,
    /** The target could not be written for now. */
    TARGET_UNAVAILABLE(true),
    /** The image does not fit the device even alone. */
    DEVICE_OUT_OF_MEMORY,
    /** Sampling left the finite numbers. */
    NON_FINITE_RESULT,
    /** A defect of the worker. */
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
