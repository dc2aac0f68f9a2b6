package io.driftrec.restore;

/** The life of a version of a model; forward only, but for {@code PREVIOUS}, which can come back into force. */
public enum ModelState {
    /** New requests take it. */
    CURRENT,
    /** New requests take it only where they pin it. */
    PREVIOUS,
    /** No new request takes it; those that began with it finish. */
    RETIRING,
    /** Nobody uses it: its owner may close it. */
    RELEASED
}
