package io.driftrec.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How to reach a Kafka cluster: what all its clients share.
 *
 * @param bootstrapServers comma-separated {@code host:port}
 * @param properties further client properties, such as {@code security.protocol} and {@code sasl.jaas.config}; never logged
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> properties) {
    public KafkaConnection {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        if (!bootstrapServers.matches("[^,\\s]+:\\d+(,[^,\\s]+:\\d+)*")) {
            throw new IllegalArgumentException(
                    "bootstrapServers must be host:port, comma-separated, and is '" + bootstrapServers + "'");
        }
        rejectReserved(properties, Set.of("bootstrap.servers"));
        properties = Map.copyOf(properties);
    }

    /** A connection without further properties. */
    public static KafkaConnection to(String bootstrapServers) {
        return new KafkaConnection(bootstrapServers, Map.of());
    }

    /** These properties, then those of the connection, then the caller's own. */
    Map<String, Object> clientProperties(Map<String, String> defaults, Map<String, String> own) {
        Map<String, Object> all = new HashMap<>(defaults);
        all.putAll(properties);
        all.putAll(own);
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }

    /** A property that the delivery guarantee rests on is not for the operator to change. */
    static void rejectReserved(Map<String, String> properties, Set<String> reserved) {
        Set<String> found = new TreeSet<>(properties.keySet());
        found.retainAll(reserved);
        if (!found.isEmpty()) {
            throw new IllegalArgumentException("not settable as client property: " + found);
        }
    }

    /** Without the properties' values, which may be secrets. */
    @Override
    public String toString() {
        return "KafkaConnection[bootstrapServers=" + bootstrapServers + ", properties="
                + new TreeMap<>(properties).keySet() + "]";
    }
}
