package io.driftrec.kafka;

import io.driftrec.message.DeadLetter.Reason;
import io.driftrec.message.OutgoingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes outcomes and acknowledges them when the test says so, or at once. */
final class ManualOutcomes implements ConsumeLoop.Events, ConsumeLoop.DeadLetters {
    /** Why a record went to the dead letters. */
    record Letter(String record, Reason reason, String message) {}

    private final boolean isAcknowledgedAtOnce;
    private final Map<String, CompletableFuture<Void>> unacknowledged = new TreeMap<>();
    private final List<Letter> letters = new ArrayList<>();

    ManualOutcomes(boolean isAcknowledgedAtOnce) {
        this.isAcknowledgedAtOnce = isAcknowledgedAtOnce;
    }

    void acknowledge(String key) {
        unacknowledged.remove(key).complete(null);
    }

    void fail(String key, Throwable error) {
        unacknowledged.remove(key).completeExceptionally(error);
    }

    List<Letter> letters() {
        return letters;
    }

    @Override
    public CompletionStage<Void> publish(OutgoingEvent event) {
        return outcome(event.key());
    }

    @Override
    public CompletionStage<Void> publish(ReceivedRecord record, Reason reason, String message) {
        letters.add(new Letter(record.toString(), reason, message));
        return outcome(record.toString());
    }

    private CompletionStage<Void> outcome(String key) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        if (isAcknowledgedAtOnce) {
            acknowledged.complete(null);
        } else {
            unacknowledged.put(key, acknowledged);
        }
        return acknowledged;
    }
}
