package io.driftrec.bench;

import io.driftrec.batch.LaneMetrics;
import java.time.Duration;

/** Counts how full the calls of a lane are. Written by the lane's thread; read when it rests. */
final class BatchFill implements LaneMetrics {
    private long tiles;
    private long slots;

    /** 1 when every call was full; 0 before the first. */
    synchronized double share() {
        return slots == 0 ? 0 : (double) tiles / slots;
    }

    @Override
    public synchronized void called(int tilesOfCall, int slotsOfCall, Duration duration) {
        tiles += tilesOfCall;
        slots += slotsOfCall;
    }

    @Override
    public void submitted() {}

    @Override
    public void ended(Outcome outcome) {}

    @Override
    public void callFailed(int tilesOfCall, boolean outOfMemory) {}

    @Override
    public void observed(int jobsWaiting, int jobsInFlight, int tilesInFlight) {}
}
