package io.driftrec.restore;

/** The worker stops before a request has an outcome; nothing was reported, and another worker takes it. */
public final class WorkerStoppedException extends Exception {
    private static final long serialVersionUID = 1L;

    WorkerStoppedException(String requestId, Throwable cause) {
        super("stopped before request " + requestId + " had an outcome: " + cause, cause);
    }
}
