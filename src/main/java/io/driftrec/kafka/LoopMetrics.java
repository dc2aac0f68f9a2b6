package io.driftrec.kafka;

import io.driftrec.message.DeadLetter.Reason;
import java.time.Duration;

/**
 * What a {@link ConsumeLoop} and its publishers count. Methods are called from the loop's and from the publishers' threads
 * and must not block.
 *
 * <p>At every moment {@code received = published + deadLettered + unanswered + givenBack + inFlight}. A record counts as received when
 * the handler gets it; one that was fetched and dropped before (its partition went to another worker, or the loop drains)
 * is in none of the numbers. A record that is delivered again counts again.
 */
public interface LoopMetrics {
    /** Counts nothing. */
    LoopMetrics NONE = new LoopMetrics() {};

    /** A record was given to the handler. */
    default void received() {}

    /** A record ended with an acknowledged event. */
    default void published() {}

    /** A record ended with an acknowledged dead letter. */
    default void deadLettered(Reason reason) {}

    /** A record ended that asks for no answer. */
    default void unanswered() {}

    /** A record ended without outcome: given back by the handler, or unfinished when the loop ended. */
    default void givenBack() {}

    /** Records that the handler has and that are not ended. */
    default void inFlight(int records) {}

    /** An event or dead letter was not acknowledged and is sent again. */
    default void publishRetried() {}

    /** Offsets could not be committed; they are part of the next commit unless the partition was lost. */
    default void commitFailed() {}

    /** The consumer reported an error after which the loop goes on. */
    default void pollFailed() {}

    /** Time in which nothing was fetched because the handler was full; adds up. */
    default void paused(Duration duration) {}

    /** Records of the partition between the first without outcome and the end of the log; every few seconds. */
    default void lag(String topic, int partition, long records) {}

    /** The partition is no longer this worker's; its lag is told by another. */
    default void unassigned(String topic, int partition) {}
}
