package io.driftrec.batch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A job in the hands of a lane. Safe for use by several threads. */
public final class RestorationTicket {
    private final RestorationJob job;
    private final AtomicBoolean isEnded = new AtomicBoolean();
    private final CompletableFuture<RestoredPlanes> result = new CompletableFuture<>();
    private boolean needsDeviceAlone; // of the lane's thread

    RestorationTicket(RestorationJob job) {
        this.job = job;
    }

    /**
     * The result. It ends with
     *
     * <ul>
     *   <li>{@link NonFiniteResultException} when the restored image has values that are not finite,
     *   <li>{@link io.driftrec.network.DeviceOutOfMemoryException} when a single tile does not fit on the device,
     *   <li>{@link LaneFencedException} when the device has failed again and again,
     *   <li>{@link LaneStoppedException} when the lane takes no more jobs, or its thread has died,
     *   <li>{@link java.util.concurrent.CancellationException} when the job was cancelled or the lane was closed,
     *   <li>another {@link RuntimeException} when the network or the sampler failed on this job, or the heap had no room for it.
     * </ul>
     *
     * <p>What depends on it runs on the lane's reply executor, never on the thread that owns the device.
     */
    public CompletableFuture<RestoredPlanes> result() {
        return result;
    }

    /** Gives the job up, as cancelling {@link #result()} does; its slots are free at the lane's next step. */
    public void cancel() {
        result.cancel(false);
    }

    RestorationJob job() {
        return job;
    }

    /** From now on the job starts only while no other is in flight, and no other starts beside it. */
    void needDeviceAlone() {
        needsDeviceAlone = true;
    }

    boolean needsDeviceAlone() {
        return needsDeviceAlone;
    }

    /** Whether somebody else than the lane has ended the job; asked only while the lane has not. */
    boolean isGivenUp() {
        return result.isDone();
    }

    /** Whether the caller is the first to end the job: then it counts the outcome and replies. */
    boolean tryEnd() {
        return isEnded.compareAndSet(false, true);
    }
}
