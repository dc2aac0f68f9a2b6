package io.driftrec.batch;

/** Hears that a lane is out of service for good, so that health turns red and the worker gives its work back. */
@FunctionalInterface
public interface LaneListener {
    /**
     * Called once, on the lane's thread, before the lane's jobs fail; not called when the lane is closed.
     *
     * @param reason {@link LaneFencedException} when the device failed again and again, {@link LaneStoppedException} when the
     *     lane's thread died of its cause
     */
    void onOutOfService(RuntimeException reason);
}
