package io.driftrec.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells every few seconds how much of each partition is without outcome: what the consumer has not fetched, as it knows from
 * its last fetch, and what the ledger spans. Asks the brokers nothing. Confined to the loop's thread.
 */
final class LagReport {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Consumer<?, ?> consumer;
    private final Assignment assignment;
    private final LoopMetrics metrics;
    private final LongSupplier nanoTime;
    private long due;

    LagReport(Consumer<?, ?> consumer, Assignment assignment, LoopMetrics metrics, LongSupplier nanoTime) {
        this.consumer = consumer;
        this.assignment = assignment;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong();
    }

    void reportIfDue() {
        long now = nanoTime.getAsLong();
        if (now - due < 0) {
            return;
        }
        due = now + INTERVAL.toNanos();
        for (TopicPartition partition : assignment.partitions()) {
            consumer.currentLag(partition)
                    .ifPresent(unfetched -> metrics.lag(
                            partition.topic(), partition.partition(), unfetched + assignment.span(partition)));
        }
    }

    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> metrics.unassigned(partition.topic(), partition.partition()));
    }
}
