package io.driftrec.storage;

import java.net.URI;

/** Why an object could not be read or written. The message names the location and what would be right. */
public final class StorageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it was. */
    public enum Reason {
        /** The location is outside what the policy or the credentials allow; trying again changes nothing. */
        FORBIDDEN,
        NOT_FOUND,
        TOO_LARGE,
        /** The store did not answer or said to come back later; trying again may succeed. */
        UNAVAILABLE
    }

    private final Reason reason;

    public StorageException(Reason reason, URI location, String detail) {
        super(location + ": " + detail);
        this.reason = reason;
    }

    public StorageException(Reason reason, URI location, String detail, Throwable cause) {
        super(location + ": " + detail, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
