package io.driftrec.kafka;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * How events are published: always idempotent and acknowledged by all in-sync replicas.
 *
 * @param properties further properties of the producer
 */
public record ProducerSettings(KafkaConnection connection, Map<String, String> properties) {
    private static final Set<String> RESERVED = Set.of(
            "bootstrap.servers",
            "acks",
            "enable.idempotence",
            "transactional.id",
            "key.serializer",
            "value.serializer");

    public ProducerSettings {
        Objects.requireNonNull(connection, "connection");
        KafkaConnection.rejectReserved(connection.properties(), RESERVED);
        KafkaConnection.rejectReserved(properties, RESERVED);
        properties = Map.copyOf(properties);
    }

    /** No further properties. */
    public static ProducerSettings defaults(KafkaConnection connection) {
        return new ProducerSettings(connection, Map.of());
    }

    Map<String, Object> clientProperties() {
        Map<String, Object> all = connection.clientProperties(
                Map.of("max.block.ms", "10000", "delivery.timeout.ms", "30000", "request.timeout.ms", "15000"),
                properties);
        all.put("acks", "all");
        all.put("enable.idempotence", "true");
        return all;
    }

    /** Without the properties' values, which may be secrets. */
    @Override
    public String toString() {
        return "ProducerSettings[connection=" + connection + ", properties=" + new TreeMap<>(properties).keySet() + "]";
    }
}
