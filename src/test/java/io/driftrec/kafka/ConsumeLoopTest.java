package io.driftrec.kafka;

import static io.driftrec.kafka.ManualHandler.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.driftrec.ManualClock;
import io.driftrec.kafka.LoopHealth.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of the loop and of its thread, with a consumer without a cluster. */
class ConsumeLoopTest {
    private static final TopicPartition PARTITION = new TopicPartition("requests", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final ManualHandler handler = new ManualHandler(100);
    private final CountingMetrics metrics = new CountingMetrics();
    private final ConsumeLoop loop = loop(handler, System::nanoTime);

    @BeforeEach
    void updateOffsets() {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
    }

    @AfterEach
    void close() {
        loop.close();
        metrics.assertBalanced();
    }

    @Test
    void shouldBeReadyWhenTheGroupHasAssignedPartitions() {
        assertThat(loop.health().phase()).isEqualTo(Phase.NEW);
        loop.start();
        assertThat(loop.health().phase()).isEqualTo(Phase.JOINING);
        assertThat(loop.health().isLive()).isTrue();
        assertThat(loop.health().isReady()).isFalse();

        consumer.schedulePollTask(() -> consumer.rebalance(List.of(PARTITION)));
        await().until(() -> loop.health().isReady());
        assertThatThrownBy(loop::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldFinishWhatIsInFlightWhenItDrains() throws Exception {
        startWith(1);
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> loop.drain(Duration.ofSeconds(30)));
        await().until(() -> loop.health().phase() == Phase.DRAINING);
        assertThat(drained).isNotDone();
        handler.end("requests-0@0", event("a"));
        assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.ended().toCompletableFuture().get().phase()).isEqualTo(Phase.STOPPED);
        assertThat(metrics.published).hasValue(1);
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void shouldGiveBackWhatIsNotFinishedInTimeWhenItDrains() {
        startWith(3);
        assertThat(loop.drain(Duration.ofMillis(100))).isFalse();
        assertThat(loop.health().phase()).isEqualTo(Phase.STOPPED);
        assertThat(metrics.givenBack).hasValue(3);
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void shouldStopAtOnceWhenItWasNeverStarted() {
        assertThat(loop.drain(Duration.ofSeconds(30))).isTrue();
        assertThat(loop.ended().toCompletableFuture()).isCompleted();
        assertThatThrownBy(loop::start).hasMessageContaining("STOPPED");
    }

    @Test
    void shouldGoOnWhenTheConsumerIsDisturbed() {
        consumer.setPollException(new DisconnectException("gone"));
        startWith(1);
        assertThat(metrics.pollsFailed).hasValue(1);
        assertThat(loop.health().isLive()).isTrue();
    }

    @Test
    void shouldFailWhenTheConsumerCannotGoOn() throws Exception {
        startWith(1);
        consumer.setPollException(GroupAuthorizationException.forGroupId("workers"));
        LoopHealth end = loop.ended().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(end.phase()).isEqualTo(Phase.FAILED);
        assertThat(end.detail()).contains("GroupAuthorizationException");
        assertThat(loop.health().isLive()).isFalse();
        assertThat(loop.drain(Duration.ZERO)).isFalse();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void shouldFailWhenTheThreadDiesOfAnError() throws Exception {
        startWith(1);
        consumer.schedulePollTask(() -> {
            throw new StackOverflowError("in a test");
        });
        assertThat(loop.ended().toCompletableFuture().get(10, TimeUnit.SECONDS).isLive())
                .isFalse();
        assertThat(loop.health().detail()).contains("StackOverflowError");
    }

    @Test
    void shouldFinishTheOthersAndLeaveWhenTheHandlerGivesBack() throws Exception {
        startWith(2);
        handler.end("requests-0@0", new Handled.GiveBack());
        await().until(() -> !loop.health().isLive());
        assertThat(loop.ended().toCompletableFuture()).isNotDone();
        handler.end("requests-0@1", event("b"));
        assertThat(loop.ended().toCompletableFuture().get(10, TimeUnit.SECONDS).detail())
                .contains("gave back");
        assertThat(metrics.published).hasValue(1);
        assertThat(metrics.givenBack).hasValue(1);
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void shouldFailWhileATurnOfTheLoopHangs() {
        ManualClock clock = new ManualClock();
        CountDownLatch isHanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ConsumeLoop hanging = loop(
                new RecordHandler() {
                    @Override
                    public boolean isFull() {
                        return false;
                    }

                    @Override
                    public CompletionStage<Handled> handle(ReceivedRecord record) {
                        isHanging.countDown();
                        await().until(() -> release.getCount() == 0);
                        return CompletableFuture.completedStage(event("a"));
                    }
                },
                clock::nanoTime)) {
            hanging.start();
            addAtNextPoll(1);
            await().until(() -> isHanging.getCount() == 0);
            assertThat(hanging.health().isLive()).isTrue();
            clock.advance(Duration.ofSeconds(61));
            assertThat(hanging.health().isLive()).isFalse();
            assertThat(hanging.health().detail()).contains("no turn");
            release.countDown();
            await().until(() -> hanging.health().isReady());
        }
    }

    private ConsumeLoop loop(RecordHandler each, LongSupplier nanoTime) {
        ConsumerSettings settings =
                ConsumerSettings.defaults(KafkaConnection.to("localhost:9092"), "workers", "requests");
        ManualOutcomes outcomes = new ManualOutcomes(true);
        return new ConsumeLoop(settings, () -> consumer, each, outcomes, outcomes, metrics, nanoTime);
    }

    private void startWith(int records) {
        loop.start();
        addAtNextPoll(records);
        await().until(() -> metrics.inFlight == records);
    }

    private void addAtNextPoll(int records) {
        consumer.schedulePollTask(() -> {
            consumer.rebalance(Set.of(PARTITION));
            for (int offset = 0; offset < records; offset++) {
                consumer.addRecord(new ConsumerRecord<>("requests", 0, offset, new byte[] {1}, new byte[] {2}));
            }
        });
    }
}
