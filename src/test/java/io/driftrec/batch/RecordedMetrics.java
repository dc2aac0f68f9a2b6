package io.driftrec.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what a lane reports. For lanes that are stepped by the test's own thread, or that have stopped. */
final class RecordedMetrics implements LaneMetrics {
    final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    final List<Integer> callSizes = new ArrayList<>();
    final List<Integer> slots = new ArrayList<>();
    final List<Integer> outOfMemory = new ArrayList<>();
    final List<Integer> failures = new ArrayList<>();
    int submitted;
    int waiting;
    int inFlight;
    int tilesInFlight;

    @Override
    public synchronized void submitted() {
        submitted++;
    }

    @Override
    public synchronized void ended(Outcome outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    @Override
    public synchronized void called(int tiles, int slotsOfCall, Duration duration) {
        callSizes.add(tiles);
        slots.add(slotsOfCall);
    }

    @Override
    public synchronized void callFailed(int tiles, boolean isOutOfMemory) {
        (isOutOfMemory ? outOfMemory : failures).add(tiles);
    }

    @Override
    public synchronized void observed(int jobsWaiting, int jobsInFlight, int tiles) {
        waiting = jobsWaiting;
        inFlight = jobsInFlight;
        tilesInFlight = tiles;
    }

    synchronized int ended() {
        return outcomes.values().stream().mapToInt(Integer::intValue).sum();
    }
}
