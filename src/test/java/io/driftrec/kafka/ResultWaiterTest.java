package io.driftrec.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.demo.EmbeddedBroker;
import io.driftrec.message.OutgoingEvent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sender of requests uses, against a real broker. */
class ResultWaiterTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static KafkaConnection connection;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start(directory);
        connection = KafkaConnection.to(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void shouldSeeOnlyResultsOfItsKeysThatComeAfterItWasOpened() throws Exception {
        create("results", 3);
        try (RequestSender results = RequestSender.open(ProducerSettings.defaults(connection), "results")) {
            send(results, "a", "before");
            try (ResultWaiter waiter = ResultWaiter.open(connection, List.of("results"), LONG, Clock.systemUTC())) {
                send(results, "of another", "result");
                send(results, "a", "first");
                send(results, "a", "repetition");
                send(results, "b", "first");
                List<String> seen = new ArrayList<>();
                Map<String, ReceivedRecord> found =
                        waiter.await(Set.of("a", "b"), LONG, record -> seen.add(record.toString()));
                assertThat(found).containsOnlyKeys("a", "b");
                assertThat(found.get("a").value())
                        .hasValueSatisfying(
                                value -> assertThat(value).asString(UTF_8).isEqualTo("first"));
                assertThat(found.get("a").lastHeaders().get("ce_id"))
                        .asString(UTF_8)
                        .isEqualTo("id of a");
                assertThat(seen).hasSize(2);
            }
        }
    }

    @Test
    void shouldReturnWhatThereIsWhenTheTimeIsOver() throws Exception {
        create("late-results", 1);
        try (RequestSender results = RequestSender.open(ProducerSettings.defaults(connection), "late-results");
                ResultWaiter waiter = ResultWaiter.open(connection, List.of("late-results"), LONG, Clock.systemUTC())) {
            send(results, "a", "first");
            assertThat(waiter.await(Set.of("a", "never"), Duration.ofSeconds(2), record -> {}))
                    .containsOnlyKeys("a");
        }
    }

    @Test
    void shouldRefuseATopicThatDoesNotExist() {
        assertThatThrownBy(() ->
                        ResultWaiter.open(connection, List.of("nowhere"), Duration.ofSeconds(5), Clock.systemUTC()))
                .isInstanceOf(UnknownTopicOrPartitionException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void shouldCreateOnlyWhatIsMissing() {
        assertThat(create("one", 1)).containsExactly("one");
        TopicSetup setup = new TopicSetup(connection);
        assertThat(setup.createMissing(List.of(TopicSetup.Topic.of("one", 1), TopicSetup.Topic.of("two", 2)), LONG))
                .containsExactly("two");
        assertThat(setup.createMissing(List.of(TopicSetup.Topic.of("one", 5)), LONG))
                .isEmpty();
    }

    @Test
    void shouldSayWhyATopicCannotBeCreated() {
        TopicSetup.Topic topic = new TopicSetup.Topic("replicated", 1, Optional.of((short) 3), Map.of());
        assertThatThrownBy(() -> new TopicSetup(connection).createMissing(List.of(topic), LONG))
                .isInstanceOf(InvalidReplicationFactorException.class);
    }

    private static Set<String> create(String topic, int partitions) {
        return new TopicSetup(connection).createMissing(List.of(TopicSetup.Topic.of(topic, partitions)), LONG);
    }

    private static void send(RequestSender sender, String key, String value) throws Exception {
        Map<String, byte[]> headers = Map.of("ce_id", ("id of " + key).getBytes(UTF_8));
        sender.send(new OutgoingEvent(key, value.getBytes(UTF_8), headers))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }
}
