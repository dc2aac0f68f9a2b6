package io.driftrec.batch;

/**
 * How many tiles one network call may have. It starts at a number of tiles; when the device runs out of memory, half of the
 * pixels of the call that did not fit become the limit for all calls from then on. Counting pixels, one huge image that does
 * not fit leaves the calls of ordinary tiles as they are.
 *
 * <p>What filled the device may have gone: after {@link #CALLS_BEFORE_GROWTH} calls that used the limit it grows by one tile. If
 * that does not fit, the limit is again what did.
 */
final class CallBudget {
    /** So seldom that the calls that fail for having tried do not count. */
    static final int CALLS_BEFORE_GROWTH = 1000;

    private final int maxTiles;
    private long maxPixels = Long.MAX_VALUE;
    private long provenPixels;
    private int fullCalls;

    CallBudget(int maxTiles) {
        this.maxTiles = maxTiles;
    }

    /** At least 1. */
    int tiles(CallKey key) {
        return (int) Math.max(1, Math.min(maxTiles, maxPixels / key.pixels()));
    }

    /** Learns that so many tiles fitted. */
    void fitted(int tiles, CallKey key) {
        boolean isLimited = maxPixels / key.pixels() < maxTiles;
        if (!isLimited || tiles < tiles(key)) {
            return;
        }
        fullCalls++;
        if (fullCalls >= CALLS_BEFORE_GROWTH) {
            fullCalls = 0;
            provenPixels = maxPixels;
            maxPixels += key.pixels();
        }
    }

    /** Learns that so many tiles did not fit. */
    void reduce(int tiles, CallKey key) {
        long pixels = tiles * key.pixels();
        long fitting = pixels > provenPixels ? provenPixels : 0;
        maxPixels = Math.min(maxPixels, Math.max(fitting, pixels / 2));
        provenPixels = 0; // if it does not fit now either, it is to be halved
        fullCalls = 0;
    }
}
