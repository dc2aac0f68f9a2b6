package io.driftrec.bench;

/**
 * How long one network call takes.
 *
 * @param precision such as {@code fp32}
 * @param memoryFormat {@code channels-last} or {@code contiguous}
 * @param tile side of the square tiles in pixels
 * @param batch tiles in the call
 * @param secondsPerCall until its last value is there
 */
public record EvaluationTime(String precision, String memoryFormat, int tile, int batch, Spread secondsPerCall) {
    /** {@code secondsPerCall / batch}, the median. */
    public double secondsPerTile() {
        return secondsPerCall.median() / batch;
    }
}
