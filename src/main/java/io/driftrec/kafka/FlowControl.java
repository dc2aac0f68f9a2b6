package io.driftrec.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Pauses and resumes partitions. A paused partition is polled all the same, so that the consumer keeps its place in the group,
 * but returns no records. Confined to the loop's thread.
 */
final class FlowControl {
    private final Consumer<?, ?> consumer;
    private final LoopMetrics metrics;
    private final Clock clock;
    private @Nullable Instant pausedSince;

    FlowControl(Consumer<?, ?> consumer, LoopMetrics metrics, Clock clock) {
        this.consumer = consumer;
        this.metrics = metrics;
        this.clock = clock;
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
        Instant now = clock.instant();
        if (pausedSince != null) {
            metrics.paused(Duration.between(pausedSince, now));
        }
        pausedSince = isStopped ? now : null;
    }
}
