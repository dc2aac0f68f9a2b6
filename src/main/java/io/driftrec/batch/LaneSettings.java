package io.driftrec.batch;

/**
 * How a lane uses its device.
 *
 * @param maxTiles the most tiles in one network call
 * @param maxTilesInFlight a waiting sample joins while fewer tiles than this are in flight, of which a sample with more than
 *     {@code maxTiles} counts only as many, so that a large image does not keep all others out. Bounds the device memory that
 *     states take. At least {@code maxTiles}
 * @param maxConsecutiveFailures network calls that fail in a row, over all jobs, before the lane fences its device
 */
public record LaneSettings(int maxTiles, int maxTilesInFlight, int maxConsecutiveFailures) {
    public LaneSettings {
        if (maxTiles < 1) {
            throw new IllegalArgumentException("maxTiles must be at least 1: " + maxTiles);
        }
        if (maxTilesInFlight < maxTiles) {
            throw new IllegalArgumentException(
                    "maxTilesInFlight must be at least maxTiles = " + maxTiles + ": " + maxTilesInFlight);
        }
        if (maxConsecutiveFailures < 1) {
            throw new IllegalArgumentException("maxConsecutiveFailures must be at least 1: " + maxConsecutiveFailures);
        }
    }

    /** Four calls' worth of tiles in flight, so that mixed tile shapes still fill a call; eight failures in a row. */
    public static LaneSettings of(int maxTiles) {
        return new LaneSettings(maxTiles, Math.multiplyExact(4, maxTiles), 8);
    }
}
