package io.driftrec.kafka;

import io.driftrec.kafka.LoopHealth.Phase;
import io.driftrec.message.DeadLetter.Reason;
import io.driftrec.message.OutgoingEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes records for a handler, at least once: an offset is committed only after the event, or the dead letter, of its
 * record and of all before it in the partition is acknowledged.
 *
 * <p>One thread polls always, also while the handler is full: then the partitions are paused. Records complete in any order;
 * the contiguous prefix is committed every {@link ConsumerSettings#commitInterval}, and where a partition or the loop leaves.
 *
 * <h2>Failure modes</h2>
 *
 * <ul>
 *   <li>The cluster is away: consumer and producers try again for as long as the loop lives; nothing is committed meanwhile.
 *   <li>A partition is lost while its records are in flight: they may publish their outcome, and another worker does so too.
 *       Events of a repetition have the same id.
 *   <li>A record never ends: its partition goes on until {@link ConsumerSettings#maxOpenOffsets} lie behind it and is then
 *       paused, which its lag shows.
 *   <li>The producer cannot go on (not authorised, fenced), or the handler gives a record back: health is {@link Phase#FAILED};
 *       what is in flight is given {@link ConsumerSettings#drainTimeout}, then the loop leaves the group.
 *   <li>The consumer cannot go on, or the loop's thread dies of an error: health is {@link Phase#FAILED}; the loop commits what
 *       is complete if it still can, and ends at once.
 *   <li>The loop's thread makes no turn for a minute: health is {@link Phase#FAILED} until it does.
 * </ul>
 */
public final class ConsumeLoop implements AutoCloseable {
    /** Where events go. */
    public interface Events {
        /** Completed on acknowledgement; failed where no event can be published any more. */
        CompletionStage<Void> publish(OutgoingEvent event);
    }

    /** Where records go that cannot be answered. */
    public interface DeadLetters {
        /** Completed on acknowledgement; failed where nothing can be published any more. */
        CompletionStage<Void> publish(ReceivedRecord record, Reason reason, String message);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ConsumeLoop.class);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_TURN = Duration.ofSeconds(60);

    private final ConsumerSettings settings;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final RecordHandler handler;
    private final RecordsInFlight inFlight;
    private final LoopMetrics metrics;
    private final LongSupplier nanoTime;
    private final CompletableFuture<LoopHealth> ended = new CompletableFuture<>();
    private volatile @Nullable Long drainUntil;
    private volatile LoopHealth health = new LoopHealth(Phase.NEW, "not started");
    private volatile long lastTurn;
    private volatile boolean hasFinishedAll = true;

    /**
     * A loop with a consumer of the caller's making.
     *
     * @param consumers called once, by {@link #start}; the consumer must have {@code enable.auto.commit=false}, and the loop closes it
     * @param nanoTime such as {@link System#nanoTime}: a step of the wall clock must not end or hold up the loop
     */
    public ConsumeLoop(
            ConsumerSettings settings,
            Supplier<Consumer<byte[], byte[]>> consumers,
            RecordHandler handler,
            Events events,
            DeadLetters deadLetters,
            LoopMetrics metrics,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.consumers = consumers;
        this.handler = handler;
        this.inFlight = new RecordsInFlight(handler, events, deadLetters, metrics);
        this.metrics = metrics;
        this.nanoTime = nanoTime;
    }

    /** A loop that consumes from the cluster of the settings. */
    public static ConsumeLoop create(
            ConsumerSettings settings,
            RecordHandler handler,
            Events events,
            DeadLetters deadLetters,
            LoopMetrics metrics,
            LongSupplier nanoTime) {
        return new ConsumeLoop(settings, () -> consumer(settings), handler, events, deadLetters, metrics, nanoTime);
    }

    /** The consumer that {@link #create} uses. */
    public static Consumer<byte[], byte[]> consumer(ConsumerSettings settings) {
        return new KafkaConsumer<>(
                settings.clientProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Starts the thread.
     *
     * @throws org.apache.kafka.common.KafkaException the settings are not acceptable to the client
     * @throws IllegalStateException started or closed before
     */
    public synchronized void start() {
        if (health.phase() != Phase.NEW) {
            throw new IllegalStateException("the loop is " + health.phase());
        }
        Consumer<byte[], byte[]> consumer = consumers.get();
        GroupMember member = new GroupMember(consumer, settings, handler, inFlight, metrics, nanoTime);
        lastTurn = nanoTime.getAsLong();
        health = new LoopHealth(Phase.JOINING, "joins group " + settings.groupId());
        Thread thread = new Thread(() -> run(member), "driftrec-consume-" + settings.groupId());
        thread.setDaemon(true);
        thread.start();
    }

    /** How the loop is now. */
    public LoopHealth health() {
        LoopHealth now = health;
        Duration sinceTurn = Duration.ofNanos(nanoTime.getAsLong() - lastTurn);
        boolean isAtWork = now.isLive() && now.phase() != Phase.NEW && now.phase() != Phase.STOPPED;
        return isAtWork && sinceTurn.compareTo(LONGEST_TURN) > 0
                ? new LoopHealth(Phase.FAILED, "no turn of the loop for " + sinceTurn.toSeconds() + " s")
                : now;
    }

    /** Completed with {@link Phase#STOPPED} or {@link Phase#FAILED} when the thread has ended. Never fails. */
    public CompletionStage<LoopHealth> ended() {
        return ended.minimalCompletionStage();
    }

    /**
     * Takes no further records, waits for those in flight, commits what is complete and leaves the group. Returns when that is
     * done; what was not finished in time is not committed and goes to another worker. The publishers must stay open meanwhile.
     *
     * @param timeout how long records in flight may take
     * @return whether all records that the handler had ended in time, each with an outcome or given back
     */
    public boolean drain(Duration timeout) {
        synchronized (this) {
            if (health.phase() == Phase.NEW) {
                health = new LoopHealth(Phase.STOPPED, "never started");
                ended.complete(health);
                return true;
            }
            askToDrain(timeout);
        }
        try {
            ended.get(timeout.plus(LEAVE_TIMEOUT.multipliedBy(3)).toMillis(), TimeUnit.MILLISECONDS);
            return hasFinishedAll;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    /** Drains without waiting for records in flight. */
    @Override
    public void close() {
        drain(Duration.ZERO);
    }

    private synchronized void askToDrain(Duration timeout) {
        long until = nanoTime.getAsLong() + timeout.toNanos();
        Long earlier = drainUntil;
        drainUntil = earlier != null && earlier - until < 0 ? earlier : Long.valueOf(until);
    }

    private void run(GroupMember member) {
        try {
            try {
                member.join();
                while (!isOver(member)) {
                    turn(member);
                }
                hasFinishedAll = member.inFlight() == 0 && member.failure().isEmpty();
            } catch (Throwable e) {
                hasFinishedAll = false;
                fail("the loop cannot go on: " + e, e);
            }
            member.leave(LEAVE_TIMEOUT);
        } catch (Throwable e) {
            fail("the loop could not leave the group: " + e, e);
        } finally {
            enter(Phase.STOPPED, "ended");
            ended.complete(health);
        }
    }

    private boolean isOver(GroupMember member) {
        Long until = drainUntil;
        if (until == null) {
            return false;
        }
        member.drain();
        enter(Phase.DRAINING, member.inFlight() + " records in flight");
        return member.inFlight() == 0 || nanoTime.getAsLong() - until >= 0;
    }

    private void turn(GroupMember member) throws InterruptedException {
        try {
            member.turn();
        } catch (RetriableException e) {
            metrics.pollFailed();
            LOG.warn("the consumer is disturbed and goes on: {}", e.toString());
            Thread.sleep(RETRY_PAUSE.toMillis());
        }
        lastTurn = nanoTime.getAsLong();
        if (member.hasJoined() && health.phase() == Phase.JOINING) {
            enter(Phase.RUNNING, "in group " + settings.groupId());
        }
        Optional<Exception> failure = member.failure();
        if (failure.isPresent() && health.isLive()) {
            fail(String.valueOf(failure.get().getMessage()), failure.get());
            askToDrain(settings.drainTimeout());
        }
    }

    private void enter(Phase phase, String detail) {
        if (health.isLive()) {
            health = new LoopHealth(phase, detail);
        }
    }

    private void fail(String detail, Throwable cause) {
        LOG.atError().addKeyValue("group", settings.groupId()).setCause(cause).log(detail);
        enter(Phase.FAILED, detail);
    }
}
