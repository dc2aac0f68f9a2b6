package io.driftrec.registry;

/** Why a version of a model is not served: a label of the metric of refused versions. */
public enum ModelRefusal {
    /** The record on the topic cannot be read. */
    UNREADABLE,
    /** It is outside of where models may come from, or the store does not let the worker in. */
    FORBIDDEN,
    /** Its card or its weights are not where they should be. */
    NOT_FOUND,
    /** The weights have more bytes than a model may have. */
    TOO_LARGE,
    /** Card or weights are not those that were announced. */
    DIGEST_MISMATCH,
    /** Damaged, of another architecture than its card says, of another name, or its network computes no finite numbers. */
    INVALID,
    /** The device has no room for it beside what it serves. */
    DEVICE_OUT_OF_MEMORY,
    /** A defect of the worker. */
    INTERNAL
}
