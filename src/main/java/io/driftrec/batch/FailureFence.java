package io.driftrec.batch;

/** Counts the network calls that failed in a row; as many as the limit are the device's fault and not a job's. */
final class FailureFence {
    private final int limit;
    private int failures;

    FailureFence(int limit) {
        this.limit = limit;
    }

    void succeeded() {
        failures = 0;
    }

    /** @throws LaneFencedException when the limit is reached */
    void failed(RuntimeException cause) {
        failures++;
        if (failures >= limit) {
            throw new LaneFencedException("the device failed " + failures + " times in a row", cause);
        }
    }
}
