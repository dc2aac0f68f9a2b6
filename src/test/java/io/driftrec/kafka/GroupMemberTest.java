package io.driftrec.kafka;

import static io.driftrec.kafka.ManualHandler.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.message.DeadLetter.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The member turn by turn on the test's thread, with a consumer without a cluster. */
class GroupMemberTest {
    private static final TopicPartition P0 = new TopicPartition("requests", 0);
    private static final TopicPartition P1 = new TopicPartition("requests", 1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RecordingConsumer consumer = new RecordingConsumer();
    private final ManualClock clock = new ManualClock();
    private final ManualHandler handler = new ManualHandler(100);
    private final ManualOutcomes outcomes = new ManualOutcomes(false);
    private final CountingMetrics metrics = new CountingMetrics();
    private final ConsumerSettings settings = new ConsumerSettings(
            KafkaConnection.to("localhost:9092"),
            "workers",
            GroupProtocol.CLASSIC,
            List.of("requests"),
            6,
            10,
            5,
            SECOND,
            SECOND,
            Map.of());
    private final GroupMember member = new GroupMember(
            consumer, settings, handler, new RecordsInFlight(handler, outcomes, outcomes, metrics), metrics, clock);

    @BeforeEach
    void join() {
        consumer.setMaxPollRecords(settings.maxPollRecords());
        consumer.updateBeginningOffsets(Map.of(P0, 0L, P1, 0L));
        consumer.updateEndOffsets(Map.of(P0, 0L, P1, 0L));
        member.join();
        member.turn();
        assertThat(member.hasJoined()).isFalse();
        consumer.rebalance(List.of(P0));
        member.turn();
        assertThat(member.hasJoined()).isTrue();
    }

    @AfterEach
    void balance() {
        metrics.assertBalanced();
    }

    @Test
    void shouldCommitOnlyTheContiguousPrefixWhenRecordsCompleteOutOfOrder() {
        add(P0, 0, 3);
        member.turn();

        acknowledged("requests-0@2");
        acknowledged("requests-0@1");
        nextCommit();
        assertThat(committed(P0)).isNull();

        acknowledged("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(3);
        assertThat(metrics.published).hasValue(3);
    }

    @Test
    void shouldNotCommitBeforeTheEventIsAcknowledged() {
        add(P0, 0, 1);
        member.turn();
        handler.end("requests-0@0", event("a"));
        nextCommit();
        assertThat(committed(P0)).isNull();
        assertThat(member.inFlight()).isEqualTo(1);

        outcomes.acknowledge("a");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);
    }

    @Test
    void shouldCommitTheDeadLetterWhenItIsAcknowledged() {
        add(P0, 0, 1);
        member.turn();
        handler.end("requests-0@0", new Handled.DeadLetter(Reason.NOT_JSON, "no brace"));
        nextCommit();
        assertThat(committed(P0)).isNull();

        outcomes.acknowledge("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);
        assertThat(outcomes.letters())
                .containsExactly(new ManualOutcomes.Letter("requests-0@0", Reason.NOT_JSON, "no brace"));
        assertThat(metrics.deadLettered).hasValue(1);
    }

    @Test
    void shouldDeadLetterTheRecordWhenTheHandlerBreaksItsContract() {
        add(P0, 0, 1);
        member.turn();
        handler.breakContract("requests-0@0", new ArithmeticException("by zero"));
        outcomes.acknowledge("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);
        assertThat(outcomes.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(Reason.INTERNAL);
            assertThat(letter.message()).contains("by zero");
        });
    }

    @Test
    void shouldDeadLetterTheRecordWhenItsEventIsRefused() {
        add(P0, 0, 1);
        member.turn();
        handler.end("requests-0@0", event("a"));
        outcomes.fail("a", new UnpublishableException("results", new IllegalStateException("too large")));
        outcomes.acknowledge("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);
        assertThat(outcomes.letters()).singleElement().satisfies(letter -> assertThat(letter.message())
                .contains("too large"));
        assertThat(member.failure()).isEmpty();
    }

    @Test
    void shouldPauseWhileTheHandlerIsFullAndResumeWhenItIsNot() {
        handler.room(2);
        add(P0, 0, 8);
        member.turn();
        assertThat(handler.atWork()).containsExactly("requests-0@0", "requests-0@1");
        member.turn();
        assertThat(consumer.paused()).containsExactly(P0);
        assertThat(consumer.position(P0)).as("fetched ahead").isEqualTo(settings.maxPollRecords());
        assertThat(consumer.lastPollTimeout()).isLessThan(Duration.ofMillis(50));

        clock.advance(SECOND);
        acknowledged("requests-0@0");
        acknowledged("requests-0@1");
        member.turn();
        member.turn();
        assertThat(handler.atWork()).containsExactly("requests-0@2", "requests-0@3");
        assertThat(metrics.paused).isEqualTo(SECOND);

        handler.room(100);
        member.turn();
        member.turn();
        assertThat(consumer.paused()).isEmpty();
        assertThat(metrics.inFlight).isEqualTo(6);
    }

    @Test
    void shouldKeepToTheLimitInFlightWhenTheHandlerHasMoreRoom() {
        add(P0, 0, 20);
        member.turn();
        member.turn();
        member.turn();
        assertThat(handler.atWork()).hasSize(settings.maxInFlight());
        assertThat(consumer.paused()).containsExactly(P0);
    }

    @Test
    void shouldPauseNewPartitionsBeforeTheirFirstRecordWhenTheHandlerIsFull() {
        handler.room(1);
        add(P0, 0, 1);
        member.turn();
        consumer.rebalance(List.of(P0, P1));
        add(P1, 0, 3);
        member.turn();
        assertThat(consumer.paused()).containsExactlyInAnyOrder(P0, P1);
        assertThat(consumer.position(P1)).isZero();
    }

    @Test
    void shouldPauseOnlyThePartitionOfAStuckRecordWhenItsLedgerIsWide() {
        consumer.rebalance(List.of(P0, P1));
        for (int offset = 0; offset < settings.maxOpenOffsets(); offset += 2) {
            add(P0, offset, 2);
            member.turn();
            acknowledged("requests-0@" + (offset + 1));
            if (offset > 0) {
                acknowledged("requests-0@" + offset);
            }
        }
        member.turn();
        assertThat(consumer.paused()).containsExactly(P0);
        add(P1, 0, 1);
        member.turn();
        assertThat(handler.atWork()).containsExactly("requests-0@0", "requests-1@0");

        acknowledged("requests-0@0");
        member.turn();
        member.turn();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void shouldCommitThePrefixAndDropWhatWaitsWhenAPartitionIsRevoked() {
        handler.room(3);
        add(P0, 0, 5);
        member.turn();
        acknowledged("requests-0@0");
        acknowledged("requests-0@2");

        consumer.rebalance(List.of(P1));
        assertThat(committed(P0)).isEqualTo(1);
        member.turn();
        assertThat(handler.atWork()).as("3 and 4 waited and are dropped").containsExactly("requests-0@1");
        assertThat(metrics.received).hasValue(3);
    }

    @Test
    void shouldNeverCommitACompletionOfAnEarlierAssignment() {
        add(P0, 0, 2);
        member.turn();
        consumer.rebalance(List.of(P1));
        consumer.rebalance(List.of(P0));
        consumer.seek(P0, 0);
        add(P0, 0, 2);
        handler.end("requests-0@0", event("old"));
        member.turn();
        assertThat(handler.atWork()).as("delivered again").containsExactly("requests-0@0", "requests-0@1");
        outcomes.acknowledge("old");
        nextCommit();
        assertThat(committed(P0)).isNull();

        acknowledged("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);
    }

    @Test
    void shouldNotCommitWhenAPartitionIsLost() {
        add(P0, 0, 2);
        member.turn();
        acknowledged("requests-0@0");
        member.onPartitionsLost(List.of(P0));
        nextCommit();
        assertThat(committed(P0)).isNull();
        assertThat(metrics.lag).isEmpty();
    }

    @Test
    void shouldBeginANewLedgerWhenThePositionGoesBack() {
        add(P0, 0, 3);
        member.turn();
        acknowledged("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);

        consumer.seek(P0, 0);
        handler.end("requests-0@1", event("old"));
        add(P0, 0, 1);
        member.turn();
        outcomes.acknowledge("old");
        member.turn();
        acknowledged("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);
    }

    @Test
    void shouldLeaveUnfinishedRecordsUncommittedWhenItDrainsAndLeaves() {
        handler.room(2);
        add(P0, 0, 5);
        member.turn();
        member.drain();
        acknowledged("requests-0@0");
        member.turn();
        assertThat(handler.atWork()).as("nothing new is begun").containsExactly("requests-0@1");
        assertThat(consumer.paused()).containsExactly(P0);

        handler.end("requests-0@1", new Handled.GiveBack());
        member.turn();
        assertThat(member.inFlight()).isZero();
        assertThat(member.failure()).isEmpty();
        member.leave(SECOND);
        assertThat(consumer.closed()).isTrue();
        assertThat(committed(P0)).isEqualTo(1);
        assertThat(metrics.givenBack).hasValue(1);
    }

    @Test
    void shouldCommitThePrefixWhenItLeavesWithRecordsInFlight() {
        add(P0, 0, 3);
        member.turn();
        acknowledged("requests-0@0");
        member.leave(SECOND);
        assertThat(committed(P0)).isEqualTo(1);
        assertThat(metrics.givenBack).hasValue(2);
        assertThat(metrics.inFlight).isZero();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void shouldFailWhenTheHandlerGivesBackOutsideADrain() {
        add(P0, 0, 2);
        member.turn();
        handler.end("requests-0@0", new Handled.GiveBack());
        member.turn();
        assertThat(member.failure()).get().satisfies(failure -> assertThat(failure)
                .hasMessageContaining("gave back requests-0@0"));
    }

    @Test
    void shouldFailAndBeginNothingMoreWhenAnOutcomeCannotBePublished() {
        add(P0, 0, 1);
        member.turn();
        handler.end("requests-0@0", event("a"));
        outcomes.fail("a", new TopicAuthorizationException(Set.of("results")));
        member.turn();
        assertThat(member.failure()).get().satisfies(failure -> assertThat(failure)
                .hasRootCauseInstanceOf(TopicAuthorizationException.class));
        add(P0, 1, 1);
        member.turn();
        member.turn();
        assertThat(handler.atWork()).isEmpty();
        nextCommit();
        assertThat(committed(P0)).isNull();
    }

    @Test
    void shouldGoOnAfterADisturbance() {
        add(P0, 0, 1);
        consumer.setPollException(new DisconnectException("gone"));
        assertThatThrownBy(member::turn).isInstanceOf(DisconnectException.class);
        member.turn();
        assertThat(handler.atWork()).containsExactly("requests-0@0");
    }

    @Test
    void shouldTellTheLagIncludingWhatIsInFlight() {
        add(P0, 0, 4);
        consumer.updateEndOffsets(Map.of(P0, 9L));
        clock.advance(Duration.ofSeconds(10));
        member.turn();
        assertThat(metrics.lag).containsEntry("requests-0", 9L);
    }

    private void add(TopicPartition partition, long from, int count) {
        for (long offset = from; offset < from + count; offset++) {
            consumer.addRecord(new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    offset,
                    ("key " + offset).getBytes(UTF_8),
                    ("value " + offset).getBytes(UTF_8)));
        }
    }

    private void acknowledged(String record) {
        handler.end(record, event(record));
        outcomes.acknowledge(record);
    }

    private void nextCommit() {
        clock.advance(SECOND);
        member.turn();
    }

    private Long committed(TopicPartition partition) {
        return consumer.committed.get(partition);
    }

    /** Remembers commits, also of partitions that are no longer assigned. */
    private static final class RecordingConsumer extends MockConsumer<byte[], byte[]> {
        private final Map<TopicPartition, Long> committed = new HashMap<>();

        RecordingConsumer() {
            super("earliest");
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
            super.commitAsync(offsets, callback);
        }
    }
}
