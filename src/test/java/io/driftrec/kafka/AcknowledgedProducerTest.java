package io.driftrec.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.driftrec.ManualClock;
import io.driftrec.message.DeadLetter;
import io.driftrec.message.DeadLetter.Reason;
import io.driftrec.message.OutgoingEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcknowledgedProducerTest {
    private static final byte[] NO_TEXT = {(byte) 0xff, 0, (byte) 0xfe};

    private final InterferedProducer kafka = new InterferedProducer();
    private final CountingMetrics metrics = new CountingMetrics();
    private final ManualClock clock = new ManualClock();
    private final AcknowledgedProducer producer = new AcknowledgedProducer(kafka, metrics);
    private final EventPublisher events = new EventPublisher(producer, "results");
    private final DeadLetterPublisher deadLetters =
            new DeadLetterPublisher(producer, "dead-letters", "worker-1", clock);

    @AfterEach
    void close() {
        producer.close(Duration.ZERO);
    }

    @Test
    void shouldCompleteOnlyWhenAcknowledged() {
        CompletableFuture<Void> published = publish("a");
        awaitSent(1);
        assertThat(published).isNotDone();
        kafka.completeNext();
        assertThat(published).isCompleted();
        assertThat(kafka.history()).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("results");
            assertThat(record.key()).asString(UTF_8).isEqualTo("a");
            assertThat(headers(record)).containsExactly(Map.entry("ce_id", "id of a"));
        });
    }

    @Test
    void shouldSendAgainUntilAcknowledgedWhenTheClusterDoesNotAnswer() {
        CompletableFuture<Void> published = publish("a");
        for (int attempt = 1; attempt <= 3; attempt++) {
            awaitSent(attempt);
            kafka.errorNext(new TimeoutException("no answer"));
            assertThat(published).isNotDone();
        }
        awaitSent(4);
        kafka.completeNext();
        assertThat(published).isCompleted();
        assertThat(metrics.retried).hasValue(3);
    }

    @Test
    void shouldSendAgainWhenSendingItselfTimesOut() {
        kafka.sendException = new TimeoutException("no metadata");
        CompletableFuture<Void> published = publish("a");
        await().until(() -> metrics.retried.get() > 0);
        kafka.sendException = null;
        awaitSent(1);
        kafka.completeNext();
        assertThat(published).isCompleted();
    }

    @Test
    void shouldSendAgainWhenTheHeapIsFullForAMoment() {
        kafka.beforeSend = record -> {
            kafka.beforeSend = next -> {};
            throw new OutOfMemoryError("Java heap space");
        };
        CompletableFuture<Void> published = publish("a");
        awaitSent(1);
        kafka.completeNext();
        assertThat(published).isCompleted();
        assertThat(metrics.retried).hasValue(1);
    }

    @Test
    void shouldFailWithTheErrorWhenSendingIsBroken() {
        kafka.beforeSend = record -> {
            throw new NoClassDefFoundError("a codec");
        };
        CompletableFuture<Void> published = publish("a");
        assertThatThrownBy(() -> published.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void shouldFailWithTheCauseWhenItMayNotSend() {
        CompletableFuture<Void> published = publish("a");
        awaitSent(1);
        kafka.errorNext(new TopicAuthorizationException(Set.of("results")));
        assertThat(published).isCompletedExceptionally();
        assertThatThrownBy(published::get).hasCauseInstanceOf(TopicAuthorizationException.class);
        assertThat(metrics.retried).hasValue(0);
    }

    @Test
    void shouldFailThisRecordOnlyWhenItIsTooLarge() {
        CompletableFuture<Void> published = publish("a");
        awaitSent(1);
        kafka.errorNext(new RecordTooLargeException("1 MB"));
        assertThatThrownBy(published::get).hasCauseInstanceOf(UnpublishableException.class);

        CompletableFuture<Void> next = publish("b");
        awaitSent(2);
        kafka.completeNext();
        assertThat(next).isCompleted();
    }

    @Test
    void shouldFailWhatIsNotAcknowledgedWhenItIsClosed() {
        CompletableFuture<Void> published = publish("a");
        awaitSent(1);
        kafka.errorNext(new TimeoutException("no answer"));
        producer.close(Duration.ZERO);
        assertThatThrownBy(() -> published.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> publish("b").get(10, TimeUnit.SECONDS)).hasMessageContaining("closed");
    }

    @Test
    void shouldPublishResultsWhileDeadLettersWaitForTheirTopic() {
        CountDownLatch isWaiting = new CountDownLatch(1);
        CountDownLatch isCreated = new CountDownLatch(1);
        kafka.beforeSend = record -> {
            if (record.topic().equals("dead-letters")) {
                isWaiting.countDown();
                await().until(() -> isCreated.getCount() == 0);
            }
        };
        ReceivedRecord record = ReceivedRecord.of("requests", 0, 1, null, null, Map.of());
        deadLetters.publish(record, Reason.NO_BODY, "tombstone");
        await().until(() -> isWaiting.getCount() == 0);

        CompletableFuture<Void> published = publish("a");
        awaitSent(1);
        kafka.completeNext();
        assertThat(published).isCompleted();
        isCreated.countDown();
        awaitSent(2);
    }

    @Test
    void shouldKeepBytesAndHeadersOfADeadLetter() {
        ReceivedRecord record = ReceivedRecord.of("requests", 3, 42, NO_TEXT, NO_TEXT, Map.of("traceparent", NO_TEXT));
        CompletableFuture<Void> published =
                deadLetters.publish(record, Reason.NOT_JSON, "no brace").toCompletableFuture();
        awaitSent(1);
        kafka.completeNext();
        assertThat(published).isCompleted();
        assertThat(kafka.history()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo(NO_TEXT);
            assertThat(letter.value()).isEqualTo(NO_TEXT);
            assertThat(letter.headers().lastHeader("traceparent").value()).isEqualTo(NO_TEXT);
            assertThat(headers(letter))
                    .contains(
                            Map.entry(DeadLetter.REASON_HEADER, "not-json"),
                            Map.entry(DeadLetter.MESSAGE_HEADER, "no brace"),
                            Map.entry(DeadLetter.TOPIC_HEADER, "requests"),
                            Map.entry(DeadLetter.PARTITION_HEADER, "3"),
                            Map.entry(DeadLetter.OFFSET_HEADER, "42"),
                            Map.entry(DeadLetter.TIME_HEADER, clock.instant().toString()),
                            Map.entry(DeadLetter.WORKER_HEADER, "worker-1"));
        });
    }

    @Test
    void shouldReplaceTheReasonWhenADeadLetterDiesAgain() {
        ReceivedRecord record = ReceivedRecord.of(
                "requests", 0, 0, null, null, Map.of(DeadLetter.REASON_HEADER, "too-large".getBytes(UTF_8)));
        deadLetters.publish(record, Reason.NO_BODY, "tombstone");
        awaitSent(1);
        ProducerRecord<byte[], byte[]> letter = kafka.history().get(0);
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(headers(letter).stream().filter(header -> header.getKey().equals(DeadLetter.REASON_HEADER)))
                .containsExactly(Map.entry(DeadLetter.REASON_HEADER, "no-body"));
    }

    @Test
    void shouldSendADeadLetterWithoutItsValueWhenItIsTooLarge() {
        ReceivedRecord record = ReceivedRecord.of("requests", 0, 7, NO_TEXT, new byte[900], Map.of("h", new byte[50]));
        CompletableFuture<Void> published =
                deadLetters.publish(record, Reason.TOO_LARGE, "900 bytes").toCompletableFuture();
        awaitSent(1);
        kafka.errorNext(new RecordTooLargeException("over the limit"));
        awaitSent(2);
        kafka.completeNext();
        assertThat(published).isCompleted();
        ProducerRecord<byte[], byte[]> letter = kafka.history().get(1);
        assertThat(letter.key()).isEqualTo(NO_TEXT);
        assertThat(letter.value()).isEmpty();
        assertThat(headers(letter))
                .contains(
                        Map.entry(DeadLetter.REASON_HEADER, "too-large"),
                        Map.entry(DeadLetter.OFFSET_HEADER, "7"),
                        Map.entry(DeadLetterPublisher.OMITTED_BYTES_HEADER, "900"));
        assertThat(letter.headers().lastHeader("h")).isNull();
    }

    /** Lets a test interfere before each sending, on the sender's thread. */
    private static final class InterferedProducer extends MockProducer<byte[], byte[]> {
        private volatile Consumer<ProducerRecord<byte[], byte[]>> beforeSend = record -> {};

        private InterferedProducer() {
            super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            beforeSend.accept(record);
            return super.send(record, callback);
        }
    }

    private CompletableFuture<Void> publish(String key) {
        byte[] id = ("id of " + key).getBytes(UTF_8);
        return events.publish(new OutgoingEvent(key, new byte[] {1}, Map.of("ce_id", id)))
                .toCompletableFuture();
    }

    private void awaitSent(int records) {
        await().until(() -> kafka.history().size() == records);
    }

    private static List<Map.Entry<String, String>> headers(ProducerRecord<byte[], byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(AcknowledgedProducerTest::text)
                .toList();
    }

    private static Map.Entry<String, String> text(Header header) {
        return Map.entry(header.key(), new String(header.value(), UTF_8));
    }
}
