package io.driftrec.kafka;

import io.driftrec.kafka.guarantees.CommittedOnlyAfterAck;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A worker of the scenarios: handler, publishers and loop as an application wires them, every part watched. */
final class ScenarioWorker implements AutoCloseable {
    final ConsumeLoop loop;
    final CountingMetrics metrics = new CountingMetrics();
    private final SimulatedRestoration handler;
    private final AcknowledgedProducer producer;
    private KillableConsumer consumer;

    ScenarioWorker(
            ConsumerSettings settings,
            int longestMillis,
            long seed,
            CommittedOnlyAfterAck guarantee,
            UnaryOperator<Producer<byte[], byte[]>> faults) {
        handler = new SimulatedRestoration(8, longestMillis, new Random(seed));
        Map<String, Object> properties =
                ProducerSettings.defaults(settings.connection()).clientProperties();
        producer = new AcknowledgedProducer(
                faults.apply(new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())),
                metrics);
        loop = new ConsumeLoop(
                settings,
                () -> {
                    consumer = new KillableConsumer(ConsumeLoop.consumer(settings));
                    return guarantee.watch(consumer.proxy());
                },
                guarantee.watch(handler),
                guarantee.watch((ConsumeLoop.Events) new EventPublisher(producer, "results")),
                guarantee.watch((ConsumeLoop.DeadLetters)
                        new DeadLetterPublisher(producer, "dead-letters", "worker", Clock.systemUTC())),
                metrics,
                System::nanoTime);
    }

    static ConsumerSettings settings(String bootstrapServers, GroupProtocol protocol, String groupId) {
        Map<String, String> properties = new HashMap<>();
        if (protocol == GroupProtocol.CLASSIC) {
            properties.put("session.timeout.ms", "2000");
            properties.put("heartbeat.interval.ms", "400");
        }
        return new ConsumerSettings(
                KafkaConnection.to(bootstrapServers),
                groupId,
                protocol,
                List.of("requests"),
                16,
                50,
                4,
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                properties);
    }

    /** As SIGKILL does: nothing more is published, committed or told to the group. */
    void kill() {
        consumer.kill();
        handler.close();
        producer.close(Duration.ZERO);
        loop.ended().toCompletableFuture().join();
    }

    @Override
    public void close() {
        loop.close();
        handler.close();
        producer.close(Duration.ZERO);
    }
}
