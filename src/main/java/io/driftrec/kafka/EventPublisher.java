package io.driftrec.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.message.OutgoingEvent;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes events on one topic. Thread-safe. */
public final class EventPublisher implements ConsumeLoop.Events {
    private final AcknowledgedProducer producer;
    private final String topic;

    /** The producer stays the caller's to close. */
    public EventPublisher(AcknowledgedProducer producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /**
     * Sends the event until all in-sync replicas have it.
     *
     * @return completed on acknowledgement; fails only as {@link AcknowledgedProducer} says
     */
    @Override
    public CompletionStage<Void> publish(OutgoingEvent event) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, event.key().getBytes(UTF_8), event.value());
        event.headers().forEach((name, value) -> record.headers().add(name, value));
        return producer.send(record);
    }
}
