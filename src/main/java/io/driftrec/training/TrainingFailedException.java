package io.driftrec.training;

import org.jspecify.annotations.Nullable;

/** Ends a training; the last good checkpoint stays. */
public final class TrainingFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final TrainingFailure failure;

    public TrainingFailedException(TrainingFailure failure, String message) {
        this(failure, message, null);
    }

    public TrainingFailedException(TrainingFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public TrainingFailure failure() {
        return failure;
    }
}
