package io.driftrec.batch;

/**
 * How many tiles one network call may have. It starts at a number of tiles; when the device runs out of memory, half of the
 * pixels of the call that did not fit become the limit for all calls from then on. Counting pixels, one huge image that does
 * not fit leaves the calls of ordinary tiles as they are.
 */
final class CallBudget {
    private final int maxTiles;
    private long maxPixels = Long.MAX_VALUE;

    CallBudget(int maxTiles) {
        this.maxTiles = maxTiles;
    }

    /** At least 1. */
    int tiles(CallKey key) {
        return (int) Math.max(1, Math.min(maxTiles, maxPixels / key.pixels()));
    }

    /** Learns that so many tiles did not fit. */
    void halve(int tiles, CallKey key) {
        maxPixels = Math.min(maxPixels, tiles * key.pixels() / 2);
    }
}
