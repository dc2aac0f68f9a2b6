package io.driftrec.bench;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Seconds of a network call by the tiles in it: measured sizes, straight lines between them and beyond. Immutable. */
public final class CallCost {
    private final NavigableMap<Integer, Double> seconds = new TreeMap<>();

    /**
     * @param seconds by number of tiles, at least one
     * @throws IllegalArgumentException when there is none, or one is not above 0
     */
    public CallCost(Map<Integer, Double> seconds) {
        seconds.forEach((tiles, cost) -> {
            if (tiles < 1 || !(cost > 0)) {
                throw new IllegalArgumentException(
                        "a call of " + tiles + " tiles takes " + cost + " s: must be above 0");
            }
        });
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException("no call was measured");
        }
        this.seconds.putAll(seconds);
    }

    /** The medians of one precision and memory format. */
    public static CallCost of(List<EvaluationTime> times, String precision, String memoryFormat) {
        Map<Integer, Double> seconds = new TreeMap<>();
        for (EvaluationTime time : times) {
            if (time.precision().equals(precision) && time.memoryFormat().equals(memoryFormat)) {
                seconds.put(time.batch(), time.secondsPerCall().median());
            }
        }
        return new CallCost(seconds);
    }

    /** Of a call with so many tiles. */
    public double seconds(int tiles) {
        Map.Entry<Integer, Double> below = seconds.floorEntry(tiles);
        Map.Entry<Integer, Double> above = seconds.ceilingEntry(tiles);
        if (below != null && above != null) {
            double share = below.getKey().equals(above.getKey())
                    ? 0
                    : (double) (tiles - below.getKey()) / (above.getKey() - below.getKey());
            return below.getValue() + share * (above.getValue() - below.getValue());
        }
        // beyond what was measured a tile costs what it costs at the edge
        Map.Entry<Integer, Double> edge = below == null ? seconds.firstEntry() : below;
        return edge.getValue() / edge.getKey() * tiles;
    }
}
