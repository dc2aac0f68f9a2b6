package io.driftrec.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Pauses and resumes partitions. A paused partition is polled all the same, so that the consumer keeps its place in the group,
 * but returns no records. Confined to the loop's thread.
 */
final class FlowControl {
    private final Consumer<?, ?> consumer;
    private final LoopMetrics metrics;
    private final LongSupplier nanoTime;
    private boolean wasStopped;
    private long countedUntil;

    FlowControl(Consumer<?, ?> consumer, LoopMetrics metrics, LongSupplier nanoTime) {
        this.consumer = consumer;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
    }

    /**
     * Makes exactly these partitions of the assigned ones paused.
     *
     * @param isStopped whether all are, because the handler is full
     */
    void apply(Set<TopicPartition> assigned, Set<TopicPartition> paused, boolean isStopped) {
        Set<TopicPartition> now = consumer.paused();
        Set<TopicPartition> toPause = new HashSet<>(paused);
        toPause.removeAll(now);
        if (!toPause.isEmpty()) {
            consumer.pause(toPause);
        }
        Set<TopicPartition> toResume = new HashSet<>(now);
        toResume.retainAll(assigned);
        toResume.removeAll(paused);
        if (!toResume.isEmpty()) {
            consumer.resume(toResume);
        }
        count(isStopped && !assigned.isEmpty());
    }

    private void count(boolean isStopped) {
        long now = nanoTime.getAsLong();
        if (wasStopped) {
            metrics.paused(Duration.ofNanos(now - countedUntil));
        }
        wasStopped = isStopped;
        countedUntil = now;
    }
}
