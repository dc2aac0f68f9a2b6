package io.driftrec.kafka;

import io.driftrec.message.DeadLetter.Reason;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that the handler has: each is followed from the handler over its event or dead letter to the acknowledgement.
 * Handler and producer complete on their own threads; how a record ended is left in a queue that the loop's thread empties,
 * so that all other state belongs to that thread alone.
 */
final class RecordsInFlight {
    private static final Logger LOG = LoggerFactory.getLogger(RecordsInFlight.class);

    /** How a record ended. */
    sealed interface End {
        record Published() implements End {}

        record DeadLettered(Reason reason) implements End {}

        record Unanswered() implements End {}

        record GivenBack() implements End {}

        /** Its outcome cannot be published, now or later. */
        record Failed(Throwable cause) implements End {}
    }

    /** A record that ended, with the ledger in which its offset was opened. */
    record Ended(ReceivedRecord record, OffsetLedger ledger, End end) {}

    private final RecordHandler handler;
    private final ConsumeLoop.Events events;
    private final ConsumeLoop.DeadLetters deadLetters;
    private final LoopMetrics metrics;
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private int count;
    private boolean isAbandoned;

    RecordsInFlight(
            RecordHandler handler,
            ConsumeLoop.Events events,
            ConsumeLoop.DeadLetters deadLetters,
            LoopMetrics metrics) {
        this.handler = handler;
        this.events = events;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    /** Records begun and not yet taken with {@link #poll}. */
    int count() {
        return count;
    }

    /** Gives the record to the handler. */
    void begin(ReceivedRecord record, OffsetLedger ledger) {
        count++;
        metrics.received();
        metrics.inFlight(count);
        handle(record)
                .exceptionally(error -> brokenContract(record, error))
                .thenCompose(handled -> settle(record, handled))
                .exceptionally(error -> new End.Failed(unwrap(error)))
                .thenAccept(end -> ended.add(new Ended(record, ledger, end)));
    }

    /** The next record that ended, counted; null where none has. */
    @Nullable
    Ended poll() {
        Ended next = isAbandoned ? null : ended.poll();
        if (next != null) {
            count--;
            if (next.end() instanceof End.Published) {
                metrics.published();
            } else if (next.end() instanceof End.DeadLettered letter) {
                metrics.deadLettered(letter.reason());
            } else if (next.end() instanceof End.Unanswered) {
                metrics.unanswered();
            } else {
                metrics.givenBack();
            }
            metrics.inFlight(count);
        }
        return next;
    }

    /** Counts what is left as given back: whatever still happens to it, its offset is not committed here. Final. */
    void abandon() {
        isAbandoned = true;
        for (; count > 0; count--) {
            metrics.givenBack();
        }
        metrics.inFlight(0);
    }

    private CompletionStage<Handled> handle(ReceivedRecord record) {
        try {
            return handler.handle(record).thenApply(Objects::requireNonNull);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<End> settle(ReceivedRecord record, Handled handled) {
        if (handled instanceof Handled.Publish publish) {
            return events.publish(publish.event())
                    .<End>thenApply(nothing -> new End.Published())
                    .exceptionallyCompose(error -> UnpublishableException.isCauseOf(error)
                            ? deadLetter(record, brokenContract(record, error))
                            : CompletableFuture.failedStage(unwrap(error)));
        } else if (handled instanceof Handled.DeadLetter letter) {
            return deadLetter(record, letter);
        }
        return CompletableFuture.completedStage(
                handled instanceof Handled.Unanswered ? new End.Unanswered() : new End.GivenBack());
    }

    private CompletionStage<End> deadLetter(ReceivedRecord record, Handled.DeadLetter letter) {
        return deadLetters
                .publish(record, letter.reason(), letter.message())
                .thenApply(nothing -> new End.DeadLettered(letter.reason()));
    }

    private static Handled.DeadLetter brokenContract(ReceivedRecord record, Throwable error) {
        Throwable cause = unwrap(error);
        LOG.atError()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .setCause(cause)
                .log("the handler broke its contract, the record goes to the dead letters");
        return new Handled.DeadLetter(Reason.INTERNAL, String.valueOf(cause));
    }

    private static Throwable unwrap(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
