package io.driftrec.kafka;

import java.util.concurrent.CompletionStage;

/**
 * What a {@link ConsumeLoop} does with a record. All methods are called on the loop's thread and must not block: the
 * thread also keeps the membership in the group alive.
 */
public interface RecordHandler {
    /** Whether no further record can be taken now. While it is so, the loop pauses its partitions and asks again. */
    boolean isFull();

    /**
     * Begins the work on one record.
     *
     * @return completed, on any thread, when the work ended. A stage that fails breaks the contract (an outcome is a value,
     *     not an exception); so that the record still ends visibly and does not come back for ever, the failure is logged
     *     and the record goes to the dead letters with the reason {@link io.driftrec.message.DeadLetter.Reason#INTERNAL}
     */
    CompletionStage<Handled> handle(ReceivedRecord record);

    /**
     * A partition goes to another member of the group, or went there: outcomes of its records under way are not committed here. They
     * may come nevertheless, or the records may be given back.
     */
    default void partitionLeft(String topic, int partition) {}
}
