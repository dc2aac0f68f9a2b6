package io.driftrec.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Commits what the ledgers allow: now and then without waiting, and at once where a partition leaves. A commit that fails
 * changes nothing: the same offsets are part of the next one. Confined to the loop's thread.
 */
final class OffsetCommitter {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommitter.class);
    private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(10);
    // in case the client forgets a callback: the next commit includes what that one had
    private static final Duration LONGEST_COMMIT = Duration.ofSeconds(60);

    private final Consumer<?, ?> consumer;
    private final Assignment assignment;
    private final Duration interval;
    private final LoopMetrics metrics;
    private final LongSupplier nanoTime;
    private long due;
    private long underWaySince;
    private boolean isUnderWay;

    OffsetCommitter(
            Consumer<?, ?> consumer,
            Assignment assignment,
            Duration interval,
            LoopMetrics metrics,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        this.assignment = assignment;
        this.interval = interval;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong();
    }

    /** Sends a commit without waiting for it, where the interval is over, something is to commit and no commit is under way. */
    void commitIfDue() {
        long now = nanoTime.getAsLong();
        boolean isWaiting = isUnderWay && now - underWaySince < LONGEST_COMMIT.toNanos();
        if (isWaiting || now - due < 0) {
            return;
        }
        due = now + interval.toNanos();
        Map<TopicPartition, OffsetAndMetadata> offsets = assignment.committable(assignment.partitions());
        if (offsets.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetLedger> ledgers = assignment.ledgers(offsets.keySet());
        isUnderWay = true;
        underWaySince = now;
        try {
            consumer.commitAsync(offsets, (committed, error) -> {
                isUnderWay = false;
                if (error == null) {
                    note(offsets, ledgers);
                } else {
                    failed(offsets, error);
                }
            });
        } catch (KafkaException e) {
            isUnderWay = false;
            failed(offsets, e);
        }
    }

    /** Commits these partitions and waits for it, at most 10 s. Does not throw where the group no longer takes the commit. */
    void commitNow(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = assignment.committable(partitions);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, SYNC_TIMEOUT);
            note(offsets, assignment.ledgers(partitions));
        } catch (KafkaException e) {
            failed(offsets, e);
        }
    }

    private static void note(
            Map<TopicPartition, OffsetAndMetadata> offsets, Map<TopicPartition, OffsetLedger> ledgers) {
        ledgers.forEach((partition, ledger) -> {
            OffsetAndMetadata offset = offsets.get(partition);
            if (offset != null) {
                ledger.committed(offset.offset());
            }
        });
    }

    private void failed(Map<TopicPartition, OffsetAndMetadata> offsets, Exception error) {
        metrics.commitFailed();
        // a rebalance in progress refuses commits as a matter of course
        Level level = error instanceof RetriableException ? Level.DEBUG : Level.WARN;
        LOG.atLevel(level).log("not committed, stays for the next commit: {}: {}", offsets, error.toString());
    }
}
