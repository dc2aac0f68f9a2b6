package io.driftrec.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepRecordsWhenStartedAgainOnTheSameDirectory() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
                Admin admin = Admin.create(client(broker));
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(client(broker), new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic("letters", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>("letters", "a", "first")).get();
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
                KafkaConsumer<String, String> consumer =
                        new KafkaConsumer<>(client(broker), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("letters", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            assertThat(consumer.poll(Duration.ofSeconds(20)))
                    .singleElement()
                    .satisfies(record -> assertThat(record.value()).isEqualTo("first"));
        }
    }

    @Test
    void shouldServeTwoBrokersSideBySide() throws Exception {
        try (EmbeddedBroker one = EmbeddedBroker.start(directory.resolve("one"));
                EmbeddedBroker other = EmbeddedBroker.start(directory.resolve("other"));
                Admin oneAdmin = Admin.create(client(one));
                Admin otherAdmin = Admin.create(client(other))) {
            assertThat(oneAdmin.describeCluster().clusterId().get())
                    .isNotEqualTo(otherAdmin.describeCluster().clusterId().get());
        }
    }

    @Test
    void shouldSayThatTheRequestedPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, taken.getLocalPort(), Map.of()))
                    .isInstanceOf(BindException.class);
        }
    }

    private static Map<String, Object> client(EmbeddedBroker broker) {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}
