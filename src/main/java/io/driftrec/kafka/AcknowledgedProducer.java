package io.driftrec.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An idempotent producer that sends until all in-sync replicas have acknowledged.
 *
 * <h2>Failure modes</h2>
 *
 * <ul>
 *   <li>The cluster does not answer, or refuses for a passing reason: the record is sent again with growing pauses for as
 *       long as the producer is open. Nothing is lost; the caller's offset stays uncommitted meanwhile.
 *   <li>A topic does not exist: as above, for the records of this topic only; others have a sender of their own.
 *   <li>This record can never be accepted (too large, not serialisable): its stage fails with {@link
 *       UnpublishableException}; others go on.
 *   <li>The producer can never send again (not authenticated, not authorised, fenced): its stage fails with the cause, and
 *       the caller has to end.
 *   <li>Closed: what is not acknowledged fails with {@link IllegalStateException}.
 * </ul>
 *
 * <p>A repetition after an acknowledgement that got lost may store a record twice: readers recognise it by its event id.
 */
public final class AcknowledgedProducer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgedProducer.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final LoopMetrics metrics;
    // sends may block for metadata: neither the handler's threads nor the producer's own may wait for that, and no
    // topic's records for another's
    private final Map<String, ScheduledExecutorService> senders = new ConcurrentHashMap<>();
    private final Set<CompletableFuture<Void>> unacknowledged = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    AcknowledgedProducer(Producer<byte[], byte[]> producer, LoopMetrics metrics) {
        this.producer = producer;
        this.metrics = metrics;
    }

    private static ScheduledExecutorService sender(String topic) {
        return new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "driftrec-publish-" + topic);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Connects a producer.
     *
     * @throws org.apache.kafka.common.KafkaException the settings are not acceptable to the client
     */
    public static AcknowledgedProducer open(ProducerSettings settings, LoopMetrics metrics) {
        return new AcknowledgedProducer(
                new KafkaProducer<>(settings.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer()),
                metrics);
    }

    /** Sends one record; the stage completes, on the producer's thread, when it is acknowledged. */
    CompletionStage<Void> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        unacknowledged.add(acknowledged);
        acknowledged.whenComplete((nothing, error) -> unacknowledged.remove(acknowledged));
        submit(record, acknowledged, Duration.ZERO);
        return acknowledged;
    }

    /** Waits for what is on its way, then lets go of the rest: their stages fail. */
    public void close(Duration timeout) {
        isClosed = true;
        senders.values().forEach(ScheduledExecutorService::shutdownNow);
        try {
            producer.close(timeout);
        } finally {
            for (CompletableFuture<Void> left : unacknowledged) {
                left.completeExceptionally(closed());
            }
        }
    }

    /** As {@link #close(Duration)} with 10 s. */
    @Override
    public void close() {
        close(Duration.ofSeconds(10));
    }

    private void submit(ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> acknowledged, Duration pause) {
        if (isClosed) {
            acknowledged.completeExceptionally(closed());
            return;
        }
        try {
            senders.computeIfAbsent(record.topic(), AcknowledgedProducer::sender)
                    .schedule(() -> attempt(record, acknowledged, pause), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            acknowledged.completeExceptionally(closed());
        }
    }

    private void attempt(ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> acknowledged, Duration pause) {
        try {
            producer.send(record, (metadata, error) -> {
                if (error == null) {
                    acknowledged.complete(null);
                } else {
                    failed(record, acknowledged, pause, error);
                }
            });
        } catch (RuntimeException | Error e) { // an error would vanish in the executor, and with it the record
            failed(record, acknowledged, pause, e);
        }
    }

    private void failed(
            ProducerRecord<byte[], byte[]> record,
            CompletableFuture<Void> acknowledged,
            Duration pause,
            Throwable error) {
        if (isClosed) {
            acknowledged.completeExceptionally(closed());
        } else if (isPassing(error)) {
            Duration next = longer(pause);
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .log("not acknowledged, sent again in {} ms: {}", next.toMillis(), error.toString());
            metrics.publishRetried();
            submit(record, acknowledged, next);
        } else if (isOfThisRecord(error)) {
            acknowledged.completeExceptionally(new UnpublishableException(record.topic(), error));
        } else {
            acknowledged.completeExceptionally(error);
        }
    }

    private static Duration longer(Duration pause) {
        if (pause.isZero()) {
            return FIRST_PAUSE;
        }
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    // a lost sequence makes the idempotent producer begin a new epoch: the record may be sent again; a heap does not
    // stay full
    private static boolean isPassing(Throwable error) {
        return error instanceof RetriableException
                || error instanceof OutOfOrderSequenceException
                || error instanceof OutOfMemoryError;
    }

    private static boolean isOfThisRecord(Throwable error) {
        return error instanceof RecordTooLargeException
                || error instanceof RecordBatchTooLargeException
                || error instanceof SerializationException
                || error instanceof InvalidTimestampException;
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the producer is closed");
    }
}
