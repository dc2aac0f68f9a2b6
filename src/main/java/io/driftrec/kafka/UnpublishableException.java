package io.driftrec.kafka;

/** The cluster will never accept this record, while it accepts others. */
final class UnpublishableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnpublishableException(String topic, Throwable cause) {
        super("cannot be published on " + topic + ": " + cause.getMessage(), cause);
    }
}
