package io.driftrec.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.message.OutgoingEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends requests on one topic. Other than an {@link EventPublisher} it gives up, after the producer's {@code
 * delivery.timeout.ms}: a person waits for the answer. Thread-safe.
 */
public final class RequestSender implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final String topic;

    RequestSender(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /**
     * Connects a sender.
     *
     * @throws org.apache.kafka.common.KafkaException the settings are not acceptable to the client
     */
    public static RequestSender open(ProducerSettings settings, String topic) {
        return new RequestSender(
                new KafkaProducer<>(settings.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer()),
                topic);
    }

    /**
     * Sends one request; blocks while the producer's buffer is full or the cluster is not known.
     *
     * @return completed on acknowledgement by all in-sync replicas, failed with the producer's exception
     */
    public CompletionStage<Void> send(OutgoingEvent request) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, request.key().getBytes(UTF_8), request.value());
        request.headers().forEach((name, value) -> record.headers().add(name, value));
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            producer.send(record, (metadata, error) -> {
                if (error == null) {
                    acknowledged.complete(null);
                } else {
                    acknowledged.completeExceptionally(error);
                }
            });
        } catch (RuntimeException e) {
            acknowledged.completeExceptionally(e);
        }
        return acknowledged;
    }

    /** Waits up to 30 s for what is on its way. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(30));
    }
}
