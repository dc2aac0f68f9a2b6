package io.driftrec.kafka;

import static io.driftrec.kafka.ManualHandler.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.ManualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A member with a consumer without a cluster, driven turn by turn on the test's thread. */
abstract class GroupMemberBench {
    static final TopicPartition P0 = new TopicPartition("requests", 0);
    static final TopicPartition P1 = new TopicPartition("requests", 1);
    static final Duration SECOND = Duration.ofSeconds(1);

    final RecordingConsumer consumer = new RecordingConsumer();
    final ManualClock clock = new ManualClock();
    final ManualHandler handler = new ManualHandler(100);
    final ManualOutcomes outcomes = new ManualOutcomes(false);
    final CountingMetrics metrics = new CountingMetrics();
    final ConsumerSettings settings = new ConsumerSettings(
            KafkaConnection.to("localhost:9092"),
            "workers",
            GroupProtocol.CLASSIC,
            List.of("requests"),
            6,
            10,
            5,
            SECOND,
            SECOND,
            Map.of());
    final GroupMember member = new GroupMember(
            consumer,
            settings,
            handler,
            new RecordsInFlight(handler, outcomes, outcomes, metrics),
            metrics,
            clock::nanoTime);

    @BeforeEach
    void join() {
        consumer.setMaxPollRecords(settings.maxPollRecords());
        consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
        consumer.updateEndOffsets(Map.of(P0, 0L, P1, 0L));
        member.join();
        member.turn();
        assertThat(member.hasJoined()).isFalse();
        consumer.rebalance(List.of(P0));
        member.turn();
        assertThat(member.hasJoined()).isTrue();
    }

    @AfterEach
    void balance() {
        metrics.assertBalanced();
    }

    final void add(TopicPartition partition, long from, int count) {
        for (long offset = from; offset < from + count; offset++) {
            consumer.addRecord(new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    offset,
                    ("key " + offset).getBytes(UTF_8),
                    ("value " + offset).getBytes(UTF_8)));
        }
    }

    final void acknowledged(String record) {
        handler.end(record, event(record));
        outcomes.acknowledge(record);
    }

    final void nextCommit() {
        clock.advance(SECOND);
        member.turn();
    }

    final Long committed(TopicPartition partition) {
        return consumer.committed.get(partition);
    }

    /** Remembers commits, also of partitions that are no longer assigned. */
    static final class RecordingConsumer extends MockConsumer<byte[], byte[]> {
        private final Map<TopicPartition, Long> committed = new HashMap<>();

        RecordingConsumer() {
            super("earliest");
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
            super.commitAsync(offsets, callback);
        }
    }
}
