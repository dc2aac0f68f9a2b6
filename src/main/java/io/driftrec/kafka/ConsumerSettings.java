package io.driftrec.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a {@link ConsumeLoop} consumes.
 *
 * @param groupId the workers of one group share the work
 * @param topics at least one
 * @param maxInFlight records that the handler has at one time, those whose event is not yet acknowledged included
 * @param maxOpenOffsets records of one partition from the first without outcome to the last received, at which the
 *     partition is paused: bounds what a stuck record makes the loop remember, and what is delivered again after a crash
 * @param maxPollRecords records fetched ahead of a full handler
 * @param commitInterval between commits while records complete
 * @param drainTimeout how long the loop waits for records in flight where it ends on its own accord
 * @param properties further properties of the consumer
 */
public record ConsumerSettings(
        KafkaConnection connection,
        String groupId,
        GroupProtocol protocol,
        List<String> topics,
        int maxInFlight,
        int maxOpenOffsets,
        int maxPollRecords,
        Duration commitInterval,
        Duration drainTimeout,
        Map<String, String> properties) {
    private static final Set<String> RESERVED = Set.of(
            "bootstrap.servers",
            "group.id",
            "group.protocol",
            "enable.auto.commit",
            "key.deserializer",
            "value.deserializer",
            "max.poll.records");

    public ConsumerSettings {
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(protocol, "protocol");
        if (groupId.isBlank()) {
            throw new IllegalArgumentException("groupId must not be blank");
        }
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("topics must not be empty");
        }
        requirePositive("maxInFlight", maxInFlight);
        requirePositive("maxOpenOffsets", maxOpenOffsets);
        requirePositive("maxPollRecords", maxPollRecords);
        if (commitInterval.isNegative() || commitInterval.isZero()) {
            throw new IllegalArgumentException("commitInterval must be positive and is " + commitInterval);
        }
        if (drainTimeout.isNegative()) {
            throw new IllegalArgumentException("drainTimeout must not be negative and is " + drainTimeout);
        }
        KafkaConnection.rejectReserved(connection.properties(), RESERVED);
        KafkaConnection.rejectReserved(properties, RESERVED);
        topics = List.copyOf(topics);
        properties = Map.copyOf(properties);
    }

    /** The classic protocol, 64 records in flight, 1000 open offsets, 8 fetched ahead, a commit a second, 30 s to drain. */
    public static ConsumerSettings defaults(KafkaConnection connection, String groupId, String topic) {
        return new ConsumerSettings(
                connection,
                groupId,
                GroupProtocol.CLASSIC,
                List.of(topic),
                64,
                1000,
                8,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Map.of());
    }

    Map<String, Object> clientProperties() {
        Map<String, String> defaults = new HashMap<>(protocol.properties());
        defaults.put("isolation.level", "read_committed");
        defaults.put("auto.offset.reset", "earliest");
        // a fetch tells the end of the log: one of a thousand requests would leave the lag unknown for hours
        defaults.put("max.partition.fetch.bytes", "32768");
        Map<String, Object> all = connection.clientProperties(defaults, properties);
        all.put("group.id", groupId);
        all.put("enable.auto.commit", "false");
        all.put("max.poll.records", Integer.toString(maxPollRecords));
        return all;
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1 and is " + value);
        }
    }

    /** Without the properties' values, which may be secrets. */
    @Override
    public String toString() {
        return "ConsumerSettings[connection=" + connection + ", groupId=" + groupId + ", protocol=" + protocol
                + ", topics=" + topics + ", maxInFlight=" + maxInFlight + ", maxOpenOffsets=" + maxOpenOffsets
                + ", maxPollRecords=" + maxPollRecords + ", commitInterval=" + commitInterval + ", drainTimeout="
                + drainTimeout + ", properties=" + new TreeMap<>(properties).keySet() + "]";
    }
}
