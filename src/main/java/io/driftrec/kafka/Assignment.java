package io.driftrec.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The partitions that this consumer owns now, each with the ledger of this assignment. Confined to the loop's thread. */
final class Assignment {
    private final Map<TopicPartition, OffsetLedger> ledgers = new HashMap<>();

    void add(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> ledgers.put(partition, new OffsetLedger()));
    }

    void remove(Collection<TopicPartition> partitions) {
        partitions.forEach(ledgers::remove);
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(ledgers.keySet());
    }

    /** Opens an offset in its partition's ledger; empty where the partition is not owned. */
    Optional<OffsetLedger> open(TopicPartition partition, long offset) {
        OffsetLedger ledger = ledgers.get(partition);
        if (ledger == null) {
            return Optional.empty();
        }
        if (!ledger.accepts(offset)) {
            // the position was reset: what was begun before it is history, as after a loss
            ledger = new OffsetLedger();
            ledgers.put(partition, ledger);
        }
        ledger.open(offset);
        return Optional.of(ledger);
    }

    /** Whether what was opened in this ledger may still move the partition's committed offset. */
    boolean isCurrent(TopicPartition partition, OffsetLedger ledger) {
        return ledgers.get(partition) == ledger;
    }

    /** Partitions whose ledger spans at least so many records. */
    Set<TopicPartition> spanningAtLeast(int records) {
        Set<TopicPartition> wide = new HashSet<>();
        ledgers.forEach((partition, ledger) -> {
            if (ledger.span() >= records) {
                wide.add(partition);
            }
        });
        return wide;
    }

    int span(TopicPartition partition) {
        OffsetLedger ledger = ledgers.get(partition);
        return ledger == null ? 0 : ledger.span();
    }

    /** What there is to commit of these partitions. */
    Map<TopicPartition, OffsetAndMetadata> committable(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetLedger ledger = ledgers.get(partition);
            if (ledger != null) {
                ledger.committable().ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
            }
        }
        return offsets;
    }

    /** The ledgers of these partitions as they are now. */
    Map<TopicPartition, OffsetLedger> ledgers(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetLedger> some = new HashMap<>(ledgers);
        some.keySet().retainAll(partitions);
        return some;
    }
}
