package io.driftrec.storage;

import java.net.URI;

/**
 * Why an object could not be read or written. The message names the location and what would be right; the location appears
 * without its query and user information, because these may carry a signature or a password.
 */
public final class StorageException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_SHOWN = 500;

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
        super(withoutSecrets(location) + ": " + detail);
        this.reason = reason;
    }

    public StorageException(Reason reason, URI location, String detail, Throwable cause) {
        super(withoutSecrets(location) + ": " + detail, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The location as messages and logs may show it. */
    static String withoutSecrets(URI location) {
        String text = location.toString();
        int end = text.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = text.indexOf(mark);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        text = text.substring(0, end);
        String authority = location.getRawAuthority();
        if (authority != null && authority.indexOf('@') >= 0) {
            text = text.replace(authority, "***" + authority.substring(authority.lastIndexOf('@')));
        }
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
    }
}
