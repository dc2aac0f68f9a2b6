package io.driftrec.kafka;

/**
 * How a {@link ConsumeLoop} is.
 *
 * @param detail for people
 */
public record LoopHealth(Phase phase, String detail) {
    /** The life of a loop; {@code FAILED} is final. */
    public enum Phase {
        /** Not started. */
        NEW,
        /** The group has not yet assigned partitions. */
        JOINING,
        /** At work, perhaps with no partition. */
        RUNNING,
        /** Finishes what is in flight. */
        DRAINING,
        /** Ended as asked. */
        STOPPED,
        /** Ended, or ends, on its own accord; or its thread hangs. */
        FAILED
    }

    /** Whether the process is worth keeping. */
    public boolean isLive() {
        return phase != Phase.FAILED;
    }

    /** Whether the loop takes work. */
    public boolean isReady() {
        return phase == Phase.RUNNING;
    }
}
