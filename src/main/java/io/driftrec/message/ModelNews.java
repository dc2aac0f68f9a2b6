package io.driftrec.message;

/** What a record of {@code driftrec.models} came to when it was read. */
public sealed interface ModelNews {
    /** A version to serve. */
    record Published(ModelPublished model) implements ModelNews {}

    /**
     * A record without value (a tombstone): the version is no longer announced to workers that start. It takes nothing away from
     * those that serve it.
     */
    record Withdrawn(String name) implements ModelNews {}

    /**
     * Nothing that a worker can act on.
     *
     * @param message for people: what is wrong
     */
    record Unreadable(String message) implements ModelNews {}
}
