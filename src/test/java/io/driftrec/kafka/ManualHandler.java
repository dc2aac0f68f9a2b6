package io.driftrec.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.message.OutgoingEvent;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;

/** A handler whose records end when the test says so; full when it has as many as it has room for. */
final class ManualHandler implements RecordHandler {
    private final Map<String, CompletableFuture<Handled>> atWork = new ConcurrentSkipListMap<>();
    private volatile int room;

    ManualHandler(int room) {
        this.room = room;
    }

    void room(int records) {
        room = records;
    }

    /** The records at work, as {@code topic-partition@offset}. */
    Iterable<String> atWork() {
        return atWork.keySet();
    }

    void end(String record, Handled handled) {
        take(record).complete(handled);
    }

    void breakContract(String record, Throwable error) {
        take(record).completeExceptionally(error);
    }

    static Handled event(String key) {
        return new Handled.Publish(new OutgoingEvent(key, ("result of " + key).getBytes(UTF_8), Map.of()));
    }

    @Override
    public boolean isFull() {
        return atWork.size() >= room;
    }

    @Override
    public CompletionStage<Handled> handle(ReceivedRecord record) {
        CompletableFuture<Handled> end = new CompletableFuture<>();
        atWork.put(record.toString(), end);
        return end;
    }

    private CompletableFuture<Handled> take(String record) {
        CompletableFuture<Handled> end = atWork.remove(record);
        if (end == null) {
            throw new NoSuchElementException(record + " is not among " + atWork.keySet());
        }
        return end;
    }
}
