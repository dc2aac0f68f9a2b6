package io.driftrec.training;

/** Whether a training is asked to end before its budget does. */
public enum StopRequest {
    /** Go on. */
    NONE,
    /** Write a checkpoint and stop, so that another process can go on. */
    PAUSE,
    /** Write a checkpoint and give up. */
    CANCEL
}
