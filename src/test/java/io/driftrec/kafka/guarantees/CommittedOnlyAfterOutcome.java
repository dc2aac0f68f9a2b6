package io.driftrec.kafka.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * At no time is an offset committed whose request has no outcome. Looks from outside, at what the cluster stores: first the
 * committed offsets, then the outcomes; so it may overlook a violation that lasts a moment, and never reports one that is none.
 * Sample it often; see {@link CommittedOnlyAfterAck} for the view from inside.
 */
public final class CommittedOnlyAfterOutcome implements AutoCloseable {
    private final String groupId;
    private final Admin admin;
    private final TopicReader requests;
    private final TopicReader outcomes;
    private final Map<TopicPartition, TreeMap<Long, String>> openKeys = new java.util.HashMap<>();
    private final Set<String> answered = new HashSet<>();
    private final Set<String> violations = new TreeSet<>();
    private int samples;

    public CommittedOnlyAfterOutcome(
            String bootstrapServers, String groupId, String requestsTopic, Set<String> outcomeTopics) {
        this.groupId = groupId;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.requests = new TopicReader(bootstrapServers, Set.of(requestsTopic));
        this.outcomes = new TopicReader(bootstrapServers, outcomeTopics);
    }

    /** Compares what is committed now with the outcomes. */
    public void sample() throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(groupId)
                .partitionsToOffsetAndMetadata()
                .get();
        outcomes.readToEnd().forEach(record -> answered.add(key(record)));
        requests.readToEnd().forEach(record -> openKeys.computeIfAbsent(
                        new TopicPartition(record.topic(), record.partition()), any -> new TreeMap<>())
                .put(record.offset(), key(record)));
        committed.forEach((partition, offset) -> {
            Map<Long, String> behind =
                    openKeys.getOrDefault(partition, new TreeMap<>()).headMap(offset.offset());
            behind.forEach((at, key) -> {
                if (!answered.contains(key)) {
                    violations.add(partition + "@" + at + " (" + key + ") has no outcome while " + offset.offset()
                            + " is committed");
                }
            });
            behind.clear();
        });
        samples++;
    }

    /** Throws with all that was wrong at any sample. */
    public void check() {
        if (samples == 0) {
            throw new IllegalStateException("never sampled");
        }
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n", violations));
        }
    }

    @Override
    public void close() {
        admin.close();
        requests.close();
        outcomes.close();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "(no key)" : new String(record.key(), UTF_8);
    }
}
