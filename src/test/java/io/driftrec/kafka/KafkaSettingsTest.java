package io.driftrec.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {
    private static final KafkaConnection CONNECTION = new KafkaConnection(
            "one:9092,two:9093", Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "the secret"));

    @Test
    void shouldConsumeWithoutAutomaticCommits() {
        assertThat(ConsumerSettings.defaults(CONNECTION, "workers", "requests").clientProperties())
                .isEqualTo(Map.ofEntries(
                        Map.entry("bootstrap.servers", "one:9092,two:9093"),
                        Map.entry("group.id", "workers"),
                        Map.entry("group.protocol", "classic"),
                        Map.entry(
                                "partition.assignment.strategy",
                                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"),
                        Map.entry("enable.auto.commit", "false"),
                        Map.entry("isolation.level", "read_committed"),
                        Map.entry("auto.offset.reset", "earliest"),
                        Map.entry("max.partition.fetch.bytes", "32768"),
                        Map.entry("max.poll.records", "8"),
                        Map.entry("security.protocol", "SASL_SSL"),
                        Map.entry("sasl.jaas.config", "the secret")));
    }

    @Test
    void shouldLetTheBrokersAssignWithTheConsumerProtocol() {
        Map<String, Object> properties = consumer(GroupProtocol.CONSUMER, Map.of("auto.offset.reset", "latest"))
                .clientProperties();
        assertThat(properties)
                .containsEntry("group.protocol", "consumer")
                .containsEntry("auto.offset.reset", "latest")
                .containsEntry("max.poll.records", "7")
                .doesNotContainKey("partition.assignment.strategy");
    }

    @Test
    void shouldProduceIdempotentlyAndAcknowledged() {
        ProducerSettings settings = new ProducerSettings(CONNECTION, Map.of("linger.ms", "20"));
        assertThat(settings.clientProperties())
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("linger.ms", "20")
                .containsEntry("security.protocol", "SASL_SSL");
    }

    @Test
    void shouldNotTellSecrets() {
        ConsumerSettings consumer = consumer(GroupProtocol.CLASSIC, Map.of("ssl.key.password", "the secret"));
        ProducerSettings producer = new ProducerSettings(CONNECTION, Map.of("ssl.key.password", "the secret"));
        assertThat(consumer.toString()).contains("ssl.key.password", "workers").doesNotContain("the secret");
        assertThat(producer.toString()).contains("sasl.jaas.config").doesNotContain("the secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"enable.auto.commit", "group.id", "max.poll.records", "bootstrap.servers"})
    void shouldRefuseConsumerPropertiesThatTheLoopRestsOn(String property) {
        assertThatThrownBy(() -> consumer(GroupProtocol.CLASSIC, Map.of(property, "true")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(property);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acks", "enable.idempotence", "transactional.id"})
    void shouldRefuseProducerPropertiesThatTheGuaranteeRestsOn(String property) {
        assertThatThrownBy(() -> new ProducerSettings(CONNECTION, Map.of(property, "0")))
                .hasMessageContaining(property);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "localhost:", "one:1 two:2", "one:1,,two:2"})
    void shouldRefuseWhatIsNoServer(String servers) {
        assertThatThrownBy(() -> KafkaConnection.to(servers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + servers + "'");
    }

    @Test
    void shouldNameTheBadValue() {
        assertThatThrownBy(() -> settings(" ", List.of("requests"), 1, Duration.ofSeconds(1)))
                .hasMessageContaining("groupId");
        assertThatThrownBy(() -> settings("workers", List.of(), 1, Duration.ofSeconds(1)))
                .hasMessageContaining("topics");
        assertThatThrownBy(() -> settings("workers", List.of("requests"), 0, Duration.ofSeconds(1)))
                .hasMessageContaining("maxInFlight must be at least 1 and is 0");
        assertThatThrownBy(() -> settings("workers", List.of("requests"), 1, Duration.ZERO))
                .hasMessageContaining("commitInterval")
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> TopicSetup.Topic.of("no such/name", 1)).hasMessageContaining("no such/name");
        assertThatThrownBy(() -> TopicSetup.Topic.of("name", 0)).hasMessageContaining("is 0");
    }

    private static ConsumerSettings consumer(GroupProtocol protocol, Map<String, String> properties) {
        return new ConsumerSettings(
                CONNECTION,
                "workers",
                protocol,
                List.of("requests"),
                5,
                6,
                7,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                properties);
    }

    private static ConsumerSettings settings(
            String groupId, List<String> topics, int maxInFlight, Duration commitInterval) {
        return new ConsumerSettings(
                CONNECTION,
                groupId,
                GroupProtocol.CLASSIC,
                topics,
                maxInFlight,
                1,
                1,
                commitInterval,
                Duration.ZERO,
                Map.of());
    }
}
