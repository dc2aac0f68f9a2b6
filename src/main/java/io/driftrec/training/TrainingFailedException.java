package io.driftrec.training;

import io.driftrec.storage.StorageException;
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

    static TrainingFailedException storeUnavailable(StorageException cause) {
        return new TrainingFailedException(
                TrainingFailure.STORE_UNAVAILABLE, String.valueOf(cause.getMessage()), cause);
    }

    public TrainingFailure failure() {
        return failure;
    }
}
