package io.driftrec.restore;

/** The stages of an image's way, as they are timed. */
public enum Stage {
    /** From the sending of the request until a worker begins with it. */
    QUEUED,
    /** Reading the source from its store, and its header. */
    FETCH,
    /** Waiting until the lane has room for the image's cost. */
    ADMISSION,
    DECODE,
    /** In the lane, from submission to the last evaluation. */
    SAMPLE,
    ENCODE,
    UPLOAD
}
