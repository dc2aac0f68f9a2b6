package io.driftrec.batch;

import java.time.Duration;

/**
 * What a lane counts. {@link #submitted} is called by the submitting threads, the rest by the lane's thread. Between two steps
 *
 * <pre>
 * submitted                 = restored + failed + cancelled + jobs waiting + jobs in flight + jobs handed in since the step
 * tiles of calls            = tiles of successful calls + tiles of failed calls
 * batch fill                = tiles of successful calls / slots of successful calls    (1: every call was full)
 * evaluations per second    = tiles of successful calls / time
 * </pre>
 */
public interface LaneMetrics {
    /** Counts nothing. */
    LaneMetrics NONE = new LaneMetrics() {
        @Override
        public void submitted() {}

        @Override
        public void ended(Outcome outcome) {}

        @Override
        public void called(int tiles, int slots, Duration duration) {}

        @Override
        public void callFailed(int tiles, boolean outOfMemory) {}

        @Override
        public void observed(int jobsWaiting, int jobsInFlight, int tilesInFlight) {}
    };

    /** How a job ended. */
    enum Outcome {
        /** With an image. */
        RESTORED,
        /** With an exception, those of a fenced or stopped lane included. */
        FAILED,
        /** Given up by its owner, or by closing the lane. */
        CANCELLED
    }

    /** A job was handed in. */
    void submitted();

    /** A job has ended; once per job. */
    void ended(Outcome outcome);

    /**
     * The network was called and answered.
     *
     * @param tiles evaluated
     * @param slots the most tiles of this shape that a call may have now; less than the setting after the device ran out of memory
     * @param duration of assembling the call and of the network; a device may still be computing when it ends
     */
    void called(int tiles, int slots, Duration duration);

    /** The network was called and threw; the tiles are evaluated again, or their job fails. */
    void callFailed(int tiles, boolean outOfMemory);

    /**
     * Levels at the end of a step.
     *
     * @param jobsWaiting of which nothing is on the device yet: the depth of the queue
     * @param jobsInFlight of which the image is on the device
     * @param tilesInFlight tiles of the trajectories in flight
     */
    void observed(int jobsWaiting, int jobsInFlight, int tilesInFlight);
}
