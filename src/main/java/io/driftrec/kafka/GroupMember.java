package io.driftrec.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One consumer in its group: polls, begins records while the handler has room, and commits what is complete. Everything here
 * belongs to the thread of the {@link ConsumeLoop}, rebalance callbacks included, since the consumer calls them from {@code
 * poll}.
 *
 * <p>A partition that is revoked is committed as far as it is complete and then forgotten: its records that were not begun are
 * dropped, those in flight may still publish their outcome, but nothing of them is ever committed here. After a loss not even
 * the commit is tried.
 */
final class GroupMember implements ConsumerRebalanceListener {
    private record Waiting(ReceivedRecord record, TopicPartition partition, OffsetLedger ledger) {}

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STOPPED_POLL = Duration.ofMillis(10);

    private final Consumer<byte[], byte[]> consumer;
    private final ConsumerSettings settings;
    private final RecordHandler handler;
    private final RecordsInFlight inFlight;
    private final Assignment assignment = new Assignment();
    private final OffsetCommitter committer;
    private final FlowControl flow;
    private final LagReport lag;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean isDraining;
    private boolean hasJoined;
    private @Nullable Exception failure;

    GroupMember(
            Consumer<byte[], byte[]> consumer,
            ConsumerSettings settings,
            RecordHandler handler,
            RecordsInFlight inFlight,
            LoopMetrics metrics,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        this.settings = settings;
        this.handler = handler;
        this.inFlight = inFlight;
        this.committer = new OffsetCommitter(consumer, assignment, settings.commitInterval(), metrics, nanoTime);
        this.flow = new FlowControl(consumer, metrics, nanoTime);
        this.lag = new LagReport(consumer, assignment, metrics, nanoTime);
    }

    /** Enters the group; partitions come with later turns. */
    void join() {
        consumer.subscribe(settings.topics(), this);
    }

    /** Whether the group has assigned partitions, perhaps none, at least once. */
    boolean hasJoined() {
        return hasJoined;
    }

    /** Why the work cannot go on, once an outcome cannot be published or the handler gave a record back outside a drain. */
    Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    /** Records that the handler has. */
    int inFlight() {
        return inFlight.count();
    }

    /** From now on nothing is begun; what waits is dropped and stays uncommitted. */
    void drain() {
        isDraining = true;
        waiting.clear();
    }

    /**
     * One turn of the loop: at most 100 ms where there is nothing to do.
     *
     * @throws org.apache.kafka.common.errors.RetriableException the consumer is disturbed and works again later
     * @throws org.apache.kafka.common.KafkaException the consumer cannot go on
     */
    void turn() {
        boolean isStopped = pauseOrResume();
        // a paused consumer is not woken by records: it has to look soon whether there is room again
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(isStopped ? STOPPED_POLL : POLL)) {
            receive(record);
        }
        settle();
        begin();
        committer.commitIfDue();
        lag.reportIfDue();
    }

    /** Commits what is complete and leaves the group; what is in flight is given back. */
    void leave(Duration timeout) {
        settle();
        committer.commitNow(assignment.partitions());
        inFlight.abandon();
        consumer.close(CloseOptions.timeout(timeout));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        hasJoined = true;
        assignment.add(partitions);
        pauseOrResume();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        settle();
        committer.commitNow(partitions);
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
        assignment.remove(partitions);
        waiting.removeIf(record -> partitions.contains(record.partition()));
        lag.forget(partitions);
        partitions.forEach(partition -> handler.partitionLeft(partition.topic(), partition.partition()));
    }

    private void receive(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        assignment.open(partition, record.offset()).ifPresent(ledger -> {
            if (!isDraining) {
                waiting.addLast(new Waiting(new ReceivedRecord(record), partition, ledger));
            }
        });
    }

    private void settle() {
        for (RecordsInFlight.Ended ended = inFlight.poll(); ended != null; ended = inFlight.poll()) {
            ReceivedRecord record = ended.record();
            if (ended.end() instanceof RecordsInFlight.End.Failed failed) {
                fail("the outcome of " + record + " cannot be published", failed.cause());
            } else if (ended.end() instanceof RecordsInFlight.End.GivenBack) {
                if (!isDraining && assignment.isCurrent(partition(record), ended.ledger())) {
                    fail("the handler gave back " + record, null);
                }
            } else if (assignment.isCurrent(partition(record), ended.ledger())) {
                ended.ledger().complete(record.offset());
            }
        }
    }

    // kept, not thrown: settling also happens in callbacks of the consumer, and the others' offsets still complete
    private void fail(String message, @Nullable Throwable cause) {
        if (failure == null) {
            failure = new IllegalStateException(message, cause);
        }
    }

    private void begin() {
        while (!waiting.isEmpty() && hasRoom()) {
            Waiting next = waiting.removeFirst();
            if (assignment.isCurrent(next.partition(), next.ledger())) {
                inFlight.begin(next.record(), next.ledger());
            }
        }
    }

    private boolean hasRoom() {
        return !isDraining && failure == null && inFlight.count() < settings.maxInFlight() && !handler.isFull();
    }

    private boolean pauseOrResume() {
        boolean isStopped = !waiting.isEmpty() || !hasRoom();
        Set<TopicPartition> all = assignment.partitions();
        flow.apply(
                all, isStopped ? all : assignment.spanningAtLeast(settings.maxOpenOffsets()), isStopped && !isDraining);
        return isStopped;
    }

    private static TopicPartition partition(ReceivedRecord record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
