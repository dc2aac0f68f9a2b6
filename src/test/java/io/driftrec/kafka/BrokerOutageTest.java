package io.driftrec.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftrec.demo.EmbeddedBroker;
import io.driftrec.kafka.guarantees.CommittedOnlyAfterAck;
import io.driftrec.kafka.guarantees.EveryRequestOneOutcome;
import io.driftrec.message.OutgoingEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker goes and comes back while a worker is at work. */
class BrokerOutageTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private EmbeddedBroker broker;

    @Test
    void shouldFinishEveryRequestWhenTheBrokerComesBack() throws Exception {
        broker = EmbeddedBroker.start(directory);
        String servers = broker.bootstrapServers();
        int port = Integer.parseInt(servers.substring(servers.indexOf(':') + 1));
        KafkaConnection connection = KafkaConnection.to(servers);
        new TopicSetup(connection)
                .createMissing(
                        List.of(
                                TopicSetup.Topic.of("requests", 2),
                                TopicSetup.Topic.of("results", 1),
                                TopicSetup.Topic.of("dead-letters", 1)),
                        LONG);
        CommittedOnlyAfterAck committedOnlyAfterAck = new CommittedOnlyAfterAck();
        ConsumerSettings settings = ScenarioWorker.settings(servers, GroupProtocol.CLASSIC, "outage");
        try (EveryRequestOneOutcome everyRequestOneOutcome =
                        new EveryRequestOneOutcome(servers, "results", "dead-letters");
                RequestSender sender = RequestSender.open(ProducerSettings.defaults(connection), "requests");
                ScenarioWorker worker =
                        new ScenarioWorker(settings, 100, 5, committedOnlyAfterAck, producer -> producer)) {
            for (int i = 0; i < 400; i++) {
                everyRequestOneOutcome.sent("sound-" + i);
                sender.send(new OutgoingEvent("sound-" + i, "{}".getBytes(UTF_8), Map.of()));
            }
            worker.loop.start();
            await().atMost(LONG).until(() -> worker.metrics.published.get() >= 30);

            broker.close();
            assertThat(worker.metrics.published).hasValueLessThan(400);
            assertThat(worker.loop.health().isLive()).isTrue();
            broker = EmbeddedBroker.start(directory, port, Map.of());

            await().atMost(LONG).untilAsserted(() -> assertThat(everyRequestOneOutcome.missing())
                    .isEmpty());
            assertThat(worker.loop.drain(LONG)).isTrue();
            everyRequestOneOutcome.check();
            committedOnlyAfterAck.check();
        } finally {
            broker.close();
        }
    }
}
