package io.driftrec.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.message.OutgoingEvent;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A handler whose records end when the test says so; full when it has as many as it has room for. */
final class ManualHandler implements RecordHandler {
    private final Map<String, CompletableFuture<Handled>> atWork = new ConcurrentSkipListMap<>();
    private final List<String> left = new CopyOnWriteArrayList<>();
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

    /** The partitions that went to others. */
    List<String> left() {
        return left;
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

    @Override
    public void partitionLeft(String topic, int partition) {
        left.add(topic + "-" + partition);
    }

    private CompletableFuture<Handled> take(String record) {
        CompletableFuture<Handled> end = atWork.remove(record);
        if (end == null) {
            throw new NoSuchElementException(record + " is not among " + atWork.keySet());
        }
        return end;
    }
}
