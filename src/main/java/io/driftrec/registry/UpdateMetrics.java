package io.driftrec.registry;

/** What becomes of announced versions. Each ends accepted or refused, or is superseded by the next while it is postponed. */
public interface UpdateMetrics {
    /** New requests take another version. */
    void accepted();

    void refused(ModelRefusal reason);

    /** The store did not answer; it is asked again. */
    void postponed();

    /** Reports nothing. */
    UpdateMetrics NONE = new UpdateMetrics() {
        @Override
        public void accepted() {}

        @Override
        public void refused(ModelRefusal reason) {}

        @Override
        public void postponed() {}
    };
}
