package io.driftrec.batch;

import org.jspecify.annotations.Nullable;

/** The device has failed again and again; its lane takes no more work and the worker should be replaced. */
public final class LaneFencedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LaneFencedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
