package io.driftrec.kafka;

import java.util.concurrent.CompletionException;

/** The cluster will never accept this record, while it accepts others. */
final class UnpublishableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnpublishableException(String topic, Throwable cause) {
        super("cannot be published on " + topic + ": " + cause.getMessage(), cause);
    }

    /** Whether this is what a stage failed with. */
    static boolean isCauseOf(Throwable error) {
        return error instanceof UnpublishableException
                || error instanceof CompletionException && error.getCause() instanceof UnpublishableException;
    }
}
