package io.driftrec.kafka;

import java.util.Map;

/** How the members of a consumer group agree on who reads which partition. */
public enum GroupProtocol {
    /** The members agree among themselves; cooperative, so a rebalance stops only the partitions that move. */
    CLASSIC(Map.of(
            "group.protocol", "classic",
            "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor")),
    /** The brokers assign (KIP-848); needs Kafka 4.0 or later. */
    CONSUMER(Map.of("group.protocol", "consumer"));

    private final Map<String, String> properties;

    GroupProtocol(Map<String, String> properties) {
        this.properties = properties;
    }

    Map<String, String> properties() {
        return properties;
    }
}
