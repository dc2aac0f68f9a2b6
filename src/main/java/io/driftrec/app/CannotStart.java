package io.driftrec.app;

/** What a command needs is not there; the message names it and says what would be right. */
final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotStart(String message) {
        super(message);
    }

    CannotStart(String message, Throwable cause) {
        super(message, cause);
    }

    /** Kafka's clients refuse their settings, or the cluster can't be reached; their causes say more than they do. */
    static CannotStart kafka(RuntimeException refusal) {
        Throwable cause = refusal.getCause();
        String detail = cause == null ? "" : ": " + cause.getMessage();
        return new CannotStart("Kafka: " + refusal.getMessage() + detail, refusal);
    }
}
