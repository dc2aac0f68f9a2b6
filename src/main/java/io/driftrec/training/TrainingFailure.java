package io.driftrec.training;

/** Why a training cannot go on; one value of the failed event. */
public enum TrainingFailure {
    /** The job contradicts itself or asks for something that does not exist. */
    INVALID_JOB,
    /** The data set has no image, or cannot be read. */
    NO_IMAGES,
    /** The model to start from is missing, damaged or of another architecture. */
    START_MODEL_UNUSABLE,
    /** A checkpoint cannot be read or belongs to another job. */
    CHECKPOINT_UNUSABLE,
    /** The device has not enough memory for one step. */
    DEVICE_OUT_OF_MEMORY,
    /** The loss is no finite number. */
    NON_FINITE_LOSS,
    /** Images, start model, checkpoint or published model could not be reached, or not be written. */
    STORE_UNAVAILABLE,
    /** A defect of the trainer. */
    INTERNAL
}
