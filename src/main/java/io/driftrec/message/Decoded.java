package io.driftrec.message;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a body: a value, a violation of the schema that can be answered because the request id is known, or nothing that
 * can be answered.
 */
public sealed interface Decoded<T> {
    /** The body is a message. */
    record Valid<T>(T value) implements Decoded<T> {}

    /**
     * The body says which request it is about, but is not valid. A request like this ends as {@link RestorationFailed} with {@link
     * FailureCode#INVALID_REQUEST}.
     *
     * @param requestId usable as it is
     * @param source where it could be read
     * @param attributes those that are valid
     * @param message the field, its value shortened, and what would be right
     */
    record Invalid<T>(String requestId, Optional<URI> source, Map<String, String> attributes, String message)
            implements Decoded<T> {
        public Invalid {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * The body cannot be answered and goes to the dead letters.
     *
     * @param reason the kind of defect
     * @param message for people, with hostile text shortened
     */
    record Unreadable<T>(DeadLetter.Reason reason, String message) implements Decoded<T> {}
}
