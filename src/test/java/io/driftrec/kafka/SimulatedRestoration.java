package io.driftrec.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.message.DeadLetter.Reason;
import io.driftrec.message.OutgoingEvent;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes a random time for each record, so that they end out of order. A key that begins with {@code unreadable} goes to the dead
 * letters, one that begins with {@code broken} breaks the contract, others end in an event.
 */
final class SimulatedRestoration implements RecordHandler, AutoCloseable {
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final AtomicInteger atWork = new AtomicInteger();
    private final int room;
    private final int longestMillis;
    private final Random random;

    SimulatedRestoration(int room, int longestMillis, Random random) {
        this.room = room;
        this.longestMillis = longestMillis;
        this.random = random;
    }

    @Override
    public boolean isFull() {
        return atWork.get() >= room;
    }

    @Override
    public CompletionStage<Handled> handle(ReceivedRecord record) {
        atWork.incrementAndGet();
        CompletableFuture<Handled> end = new CompletableFuture<>();
        threads.schedule(() -> finish(record, end), 1 + random.nextInt(longestMillis), TimeUnit.MILLISECONDS);
        return end;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void finish(ReceivedRecord record, CompletableFuture<Handled> end) {
        atWork.decrementAndGet();
        String key = new String(record.key().orElseThrow(), UTF_8);
        if (key.startsWith("unreadable")) {
            end.complete(new Handled.DeadLetter(Reason.NOT_JSON, "not a brace in " + key));
        } else if (key.startsWith("broken")) {
            end.completeExceptionally(new IllegalStateException("a defect of the worker"));
        } else {
            Map<String, byte[]> headers = Map.of("ce_id", ("result of " + key).getBytes(UTF_8));
            end.complete(new Handled.Publish(new OutgoingEvent(key, "{}".getBytes(UTF_8), headers)));
        }
    }
}
