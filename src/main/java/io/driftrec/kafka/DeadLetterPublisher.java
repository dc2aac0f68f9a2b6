package io.driftrec.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.message.DeadLetter;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Publishes what cannot be answered: key, value and headers as received, and the headers of {@link DeadLetter} that say why.
 * A dead letter that is received and dies again carries its last reason. Thread-safe.
 */
public final class DeadLetterPublisher implements ConsumeLoop.DeadLetters {
    /** Set, with the size of the original value, where the dead letter had to go without it. */
    public static final String OMITTED_BYTES_HEADER = "driftrec.dead-letter.omitted-bytes";

    private final AcknowledgedProducer producer;
    private final String topic;
    private final String worker;
    private final Clock clock;

    /**
     * The producer stays the caller's to close.
     *
     * @param worker who gives records up
     */
    public DeadLetterPublisher(AcknowledgedProducer producer, String topic, String worker, Clock clock) {
        this.producer = producer;
        this.topic = topic;
        this.worker = worker;
        this.clock = clock;
    }

    /**
     * Sends the dead letter until all in-sync replicas have it. Where the topic refuses it as too large, it goes without its
     * value: the record must not come back for ever, and the original is where the headers say.
     *
     * @return completed on acknowledgement; fails only as {@link AcknowledgedProducer} says
     */
    @Override
    public CompletionStage<Void> publish(ReceivedRecord record, DeadLetter.Reason reason, String message) {
        DeadLetter why = new DeadLetter(
                reason, message, record.topic(), record.partition(), record.offset(), clock.instant(), worker);
        byte[] value = record.value().orElse(null);
        return producer.send(letter(record, why, value))
                .handle((nothing, error) -> {
                    if (value != null && error != null && cause(error) instanceof UnpublishableException) {
                        ProducerRecord<byte[], byte[]> hollow = letter(record, why, new byte[0]);
                        hollow.headers().add(OMITTED_BYTES_HEADER, Integer.toString(value.length).getBytes(UTF_8));
                        return producer.send(hollow);
                    }
                    return error == null
                            ? CompletableFuture.<Void>completedFuture(null)
                            : CompletableFuture.<Void>failedFuture(cause(error));
                })
                .thenCompose(stage -> stage);
    }

    private ProducerRecord<byte[], byte[]> letter(ReceivedRecord record, DeadLetter why, byte[] value) {
        Headers headers = record.headers();
        why.headers().forEach((name, bytes) -> headers.remove(name).add(name, bytes));
        return new ProducerRecord<>(topic, null, record.key().orElse(null), value, headers);
    }

    static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
