package io.driftrec.batch;

import org.jspecify.annotations.Nullable;

/** The lane takes no more jobs: it is draining, it is closed, or its thread has died. */
public final class LaneStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LaneStoppedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
