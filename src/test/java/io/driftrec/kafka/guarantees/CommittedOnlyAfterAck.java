package io.driftrec.kafka.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.kafka.ConsumeLoop;
import io.driftrec.kafka.Handled;
import io.driftrec.kafka.ReceivedRecord;
import io.driftrec.kafka.RecordHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * No commit is sent before the outcomes of all records behind it are acknowledged. Looks from inside, at each commit: watch the
 * parts of every worker with one object. Keys are unique among the requests. Thread-safe.
 */
public final class CommittedOnlyAfterAck {
    private final Map<TopicPartition, Map<Long, String>> begun = new ConcurrentHashMap<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> violations = new ConcurrentSkipListSet<>();
    private final AtomicInteger commits = new AtomicInteger();

    /** Notes what the handler gets. */
    public RecordHandler watch(RecordHandler handler) {
        return new RecordHandler() {
            @Override
            public boolean isFull() {
                return handler.isFull();
            }

            @Override
            public CompletionStage<Handled> handle(ReceivedRecord record) {
                begun.computeIfAbsent(
                                new TopicPartition(record.topic(), record.partition()),
                                any -> new ConcurrentHashMap<>())
                        .put(record.offset(), key(record));
                return handler.handle(record);
            }
        };
    }

    /** Notes which events are acknowledged. */
    public ConsumeLoop.Events watch(ConsumeLoop.Events events) {
        return event -> events.publish(event).thenAccept(nothing -> acknowledged.add(event.key()));
    }

    /** Notes which dead letters are acknowledged. */
    public ConsumeLoop.DeadLetters watch(ConsumeLoop.DeadLetters deadLetters) {
        return (record, reason, message) ->
                deadLetters.publish(record, reason, message).thenAccept(nothing -> acknowledged.add(key(record)));
    }

    /** Looks at what the consumer commits, before it does. */
    @SuppressWarnings("unchecked")
    public Consumer<byte[], byte[]> watch(Consumer<byte[], byte[]> consumer) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("commit")) {
                        look(method, arguments);
                    }
                    try {
                        return method.invoke(consumer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Throws with all that was wrong at any commit. */
    public void check() {
        if (commits.get() == 0) {
            throw new IllegalStateException("no commit was seen");
        }
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n", violations));
        }
    }

    @SuppressWarnings("unchecked")
    private void look(Method method, Object[] arguments) {
        commits.incrementAndGet();
        if (arguments == null || !(arguments[0] instanceof Map)) {
            violations.add(method + " commits whatever was polled");
            return;
        }
        ((Map<TopicPartition, OffsetAndMetadata>) arguments[0])
                .forEach((partition, offset) -> begun.getOrDefault(partition, Map.of())
                        .forEach((at, key) -> {
                            if (at < offset.offset() && !acknowledged.contains(key)) {
                                violations.add(partition + "@" + at + " (" + key + ") is not acknowledged while "
                                        + offset.offset() + " is committed");
                            }
                        }));
    }

    private static String key(ReceivedRecord record) {
        return record.key().map(bytes -> new String(bytes, UTF_8)).orElse("(no key)");
    }
}
