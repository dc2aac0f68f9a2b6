package io.driftrec.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.message.DeadLetter;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes what cannot be answered: key, value and headers as received, and the headers of {@link DeadLetter} that say why.
 * A dead letter that is received and dies again carries its last reason. Thread-safe.
 */
public final class DeadLetterPublisher implements ConsumeLoop.DeadLetters {
    /** Set, with the size of the original value, where the dead letter had to go without it. */
    public static final String OMITTED_BYTES_HEADER = "driftrec.dead-letter.omitted-bytes";

    private static final int MAX_HOLLOW_KEY = 1000;

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
     * Sends the dead letter until all in-sync replicas have it. Where the topic refuses it as too large, it goes without value,
     * original headers and long key: the record must not come back for ever, and the original is where the headers say.
     *
     * @return completed on acknowledgement; fails only as {@link AcknowledgedProducer} says
     */
    @Override
    public CompletionStage<Void> publish(ReceivedRecord record, DeadLetter.Reason reason, String message) {
        DeadLetter why = new DeadLetter(
                reason, message, record.topic(), record.partition(), record.offset(), clock.instant(), worker);
        return producer.send(whole(record, why))
                .exceptionallyCompose(error -> UnpublishableException.isCauseOf(error)
                        ? producer.send(hollow(record, why))
                        : CompletableFuture.failedStage(error));
    }

    private ProducerRecord<byte[], byte[]> whole(ReceivedRecord record, DeadLetter why) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                topic, null, record.key().orElse(null), record.value().orElse(null), record.headers());
        why.headers().forEach((name, bytes) -> letter.headers().remove(name).add(name, bytes));
        return letter;
    }

    private ProducerRecord<byte[], byte[]> hollow(ReceivedRecord record, DeadLetter why) {
        byte[] key =
                record.key().filter(bytes -> bytes.length <= MAX_HOLLOW_KEY).orElse(null);
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(topic, key, new byte[0]);
        why.headers().forEach((name, bytes) -> letter.headers().add(name, bytes));
        int omitted = record.value().map(bytes -> bytes.length).orElse(0);
        letter.headers().add(OMITTED_BYTES_HEADER, Integer.toString(omitted).getBytes(UTF_8));
        return letter;
    }
}
