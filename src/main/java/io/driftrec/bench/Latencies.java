package io.driftrec.bench;

import java.util.Arrays;

/**
 * How long images took from arrival to result under one load.
 *
 * @param batching such as {@code in-flight}
 * @param load offered images per second over the ceiling
 * @param images that arrived, all of which were restored
 * @param p50 seconds
 * @param p95 seconds
 * @param p99 seconds
 * @param batchFill tiles over slots of all calls
 * @param seconds from the first arrival to the last result
 */
public record Latencies(
        String batching,
        double load,
        int images,
        double p50,
        double p95,
        double p99,
        double batchFill,
        double seconds) {
    static Latencies of(Batching batching, double load, double[] latencies, double batchFill, double seconds) {
        double[] sorted = latencies.clone();
        Arrays.sort(sorted);
        return new Latencies(
                batching.label(),
                load,
                sorted.length,
                Spread.at(sorted, 0.5),
                Spread.at(sorted, 0.95),
                Spread.at(sorted, 0.99),
                batchFill,
                seconds);
    }
}
