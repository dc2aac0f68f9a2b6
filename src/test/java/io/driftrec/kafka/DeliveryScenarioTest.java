package io.driftrec.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftrec.demo.EmbeddedBroker;
import io.driftrec.kafka.guarantees.CommittedOnlyAfterAck;
import io.driftrec.kafka.guarantees.CommittedOnlyAfterOutcome;
import io.driftrec.kafka.guarantees.EveryRequestOneOutcome;
import io.driftrec.message.OutgoingEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that come, go and die, against a real broker. */
class DeliveryScenarioTest {
    private static final long SEED = 20_261_123;
    private static final Duration LONG = Duration.ofMinutes(4);

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;

    private final List<ScenarioWorker> workers = new ArrayList<>();
    private final CommittedOnlyAfterAck committedOnlyAfterAck = new CommittedOnlyAfterAck();
    private EveryRequestOneOutcome everyRequestOneOutcome;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start(
                directory,
                0,
                Map.of("group.consumer.session.timeout.ms", "2000", "group.consumer.heartbeat.interval.ms", "400"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics() {
        Set<String> created = new TopicSetup(KafkaConnection.to(broker.bootstrapServers()))
                .createMissing(
                        List.of(
                                TopicSetup.Topic.of("requests", 4),
                                TopicSetup.Topic.of("results", 2),
                                TopicSetup.Topic.of("dead-letters", 1)),
                        LONG);
        assertThat(created).containsExactlyInAnyOrder("requests", "results", "dead-letters");
        everyRequestOneOutcome = new EveryRequestOneOutcome(broker.bootstrapServers(), "results", "dead-letters");
    }

    @AfterEach
    void deleteTopics() throws Exception {
        workers.forEach(ScenarioWorker::close);
        everyRequestOneOutcome.close();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(Set.of("requests", "results", "dead-letters"))
                    .all()
                    .get();
            await().until(() -> admin.listTopics().names().get().stream().noneMatch("requests"::equals));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveEveryRequestOneOutcomeWhenWorkersDieStopAndJoin(GroupProtocol protocol) throws Exception {
        String group = "crash-" + protocol;
        ScenarioWorker first = worker(protocol, group, 60);
        ScenarioWorker second = worker(protocol, group, 60);
        send(300);
        try (CommittedOnlyAfterOutcome committedOnlyAfterOutcome = new CommittedOnlyAfterOutcome(
                broker.bootstrapServers(), group, "requests", Set.of("results", "dead-letters"))) {
            await().atMost(LONG).until(() -> first.metrics.published.get() >= 20 && first.metrics.inFlight > 0);
            first.kill();
            committedOnlyAfterOutcome.sample();
            ScenarioWorker third = worker(protocol, group, 60);
            await().atMost(LONG).until(() -> second.metrics.published.get() >= 60);
            assertThat(second.loop.drain(LONG)).isTrue();
            committedOnlyAfterOutcome.sample();

            await().atMost(LONG).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
                committedOnlyAfterOutcome.sample();
                assertThat(everyRequestOneOutcome.missing()).isEmpty();
            });
            assertThat(third.metrics.published).hasPositiveValue();
            assertThat(third.loop.drain(LONG)).isTrue();
            committedOnlyAfterOutcome.sample();
            committedOnlyAfterOutcome.check();
        }
        everyRequestOneOutcome.check();
        committedOnlyAfterAck.check();
        assertThat(committed(group)).as("everything is committed at the end").isEqualTo(300);
        workers.forEach(worker -> worker.metrics.assertBalanced());
    }

    @Test
    void shouldLoseAndCommitNothingWhileEventsCannotBePublished() throws Exception {
        Outage outage = new Outage();
        ScenarioWorker worker = worker(GroupProtocol.CLASSIC, "outage", 5, outage);
        send(60);
        await().atMost(LONG).until(() -> worker.metrics.retried.get() >= 20);
        assertThat(worker.metrics.inFlight).isLessThanOrEqualTo(16);
        assertThat(committed("outage")).isZero();
        assertThat(worker.loop.health().isReady()).isTrue();

        outage.end();
        await().atMost(LONG).untilAsserted(() -> assertThat(everyRequestOneOutcome.missing())
                .isEmpty());
        assertThat(worker.loop.drain(LONG)).isTrue();
        everyRequestOneOutcome.check();
        committedOnlyAfterAck.check();
        assertThat(everyRequestOneOutcome.repetitions()).isZero();
        assertThat(committed("outage")).isEqualTo(60);
    }

    @Test
    void shouldGiveTheRestToAnotherWorkerWhenOneIsDrained() throws Exception {
        ScenarioWorker slow = worker(GroupProtocol.CLASSIC, "drain", 3_000);
        send(40);
        await().atMost(LONG).until(() -> slow.metrics.inFlight == 8);
        boolean isFinished = slow.loop.drain(Duration.ofMillis(10));
        assertThat(isFinished).isFalse();
        assertThat(slow.metrics.givenBack).hasPositiveValue();
        slow.kill();

        worker(GroupProtocol.CLASSIC, "drain", 5);
        await().atMost(LONG).untilAsserted(() -> assertThat(everyRequestOneOutcome.missing())
                .isEmpty());
        everyRequestOneOutcome.check();
        committedOnlyAfterAck.check();
    }

    private ScenarioWorker worker(GroupProtocol protocol, String group, int longestMillis) {
        return worker(protocol, group, longestMillis, producer -> producer);
    }

    private ScenarioWorker worker(
            GroupProtocol protocol, String group, int longestMillis, UnaryOperator<Producer<byte[], byte[]>> faults) {
        ScenarioWorker worker = new ScenarioWorker(
                ScenarioWorker.settings(broker.bootstrapServers(), protocol, group),
                longestMillis,
                SEED + workers.size(),
                committedOnlyAfterAck,
                faults);
        workers.add(worker);
        worker.loop.start();
        return worker;
    }

    private void send(int requests) {
        ProducerSettings settings = ProducerSettings.defaults(KafkaConnection.to(broker.bootstrapServers()));
        List<CompletionStage<Void>> sent = new ArrayList<>();
        try (RequestSender sender = RequestSender.open(settings, "requests")) {
            for (int i = 0; i < requests; i++) {
                String kind = i % 10 == 3 ? "unreadable" : i % 50 == 7 ? "broken" : "sound";
                String key = kind + "-" + i;
                everyRequestOneOutcome.sent(key);
                sent.add(sender.send(new OutgoingEvent(key, ("{\"n\": " + i + "}").getBytes(UTF_8), Map.of())));
            }
        }
        assertThat(sent)
                .allSatisfy(stage -> assertThat(stage.toCompletableFuture()).isCompleted());
    }

    private static long committed(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }
}
