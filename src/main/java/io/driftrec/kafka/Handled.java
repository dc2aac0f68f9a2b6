package io.driftrec.kafka;

import io.driftrec.message.DeadLetter.Reason;
import io.driftrec.message.OutgoingEvent;

/** How the work on one record ended. */
public sealed interface Handled {

    /** An event tells the outcome; the record's offset is complete when all in-sync replicas have acknowledged the event. */
    record Publish(OutgoingEvent event) implements Handled {}

    /**
     * The record cannot be answered; it goes to the dead letters as it came.
     *
     * @param message for people
     */
    record DeadLetter(Reason reason, String message) implements Handled {}

    /** The record gets no answer: what it says is heard elsewhere, or answered there. Its offset is complete. */
    record Unanswered() implements Handled {}

    /**
     * The record was not handled; its offset stays uncommitted, so that another worker receives it. A handler gives back
     * when it ends, or when the record's partition was taken away: a record of a partition that is still there makes the loop fail
     * and leave the group, outside {@link ConsumeLoop#drain}.
     */
    record GiveBack() implements Handled {}
}
