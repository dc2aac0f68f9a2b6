package io.driftrec.app;

import io.driftrec.batch.LaneMetrics;
import io.driftrec.batch.ProgressListener;
import io.driftrec.kafka.AcknowledgedProducer;
import io.driftrec.kafka.ConsumeLoop;
import io.driftrec.kafka.ConsumerSettings;
import io.driftrec.kafka.DeadLetterPublisher;
import io.driftrec.kafka.EventPublisher;
import io.driftrec.kafka.LoopHealth;
import io.driftrec.kafka.LoopMetrics;
import io.driftrec.kafka.ProducerSettings;
import io.driftrec.message.MessageCodec;
import io.driftrec.message.OutgoingEvents;
import io.driftrec.message.RestorationRequest;
import io.driftrec.restore.RestoreMetrics;
import io.driftrec.storage.StorageSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A worker: the hops of an image in order. Requests topic, {@link ConsumeLoop}, {@link RequestHandler}, {@code
 * RestorationService} with its lane, {@link EventPublisher}, and the loop's offset ledger.
 *
 * <h2>Failure modes</h2>
 *
 * <p>When the lane goes out of service or the loop fails, the worker is broken for good ({@link #problem}); its unfinished requests
 * are not committed and go to other workers. The process should end.
 */
final class Worker implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final CompletableFuture<String> laneProblem = new CompletableFuture<>();
    private final Restorer restorer;
    private final AcknowledgedProducer producer;
    private final RequestHandler handler;
    private final ConsumeLoop loop;

    /** Who hears what of a worker. */
    record Observers(
            RestoreMetrics restore,
            LaneMetrics lane,
            LoopMetrics loop,
            Function<RestorationRequest, ProgressListener> progress) {
        Observers withProgress(Function<RestorationRequest, ProgressListener> listeners) {
            return new Observers(restore, lane, loop, listeners);
        }

        static Observers none() {
            return new Observers(
                    RestoreMetrics.NONE, LaneMetrics.NONE, LoopMetrics.NONE, request -> (evaluations, expected) -> {});
        }
    }

    /**
     * Loads the models and joins the consumer group.
     *
     * @param name of this worker, for results and dead letters
     * @param consumer with everything but the number of records in flight, which the restorer decides
     * @throws CannotStart naming what is missing or wrong
     */
    Worker(
            String name,
            RestorerOptions restorerOptions,
            StorageSettings storage,
            ConsumerSettings consumer,
            Topics topics,
            Observers observers) {
        restorer = Restorer.open(
                restorerOptions,
                storage,
                name,
                observers.restore(),
                observers.lane(),
                reason -> laneProblem.complete(String.valueOf(reason.getMessage())));
        Clock clock = Clock.systemUTC();
        MessageCodec codec = new MessageCodec();
        handler = new RequestHandler(
                codec,
                new OutgoingEvents(codec, OutgoingEvents.DEFAULT_SOURCE),
                restorer.service(),
                observers.restore(),
                observers.progress(),
                name,
                restorer.maxInFlight(),
                clock);
        try {
            producer = AcknowledgedProducer.open(ProducerSettings.defaults(consumer.connection()), observers.loop());
            loop = ConsumeLoop.create(
                    consumer,
                    handler,
                    new EventPublisher(producer, topics.results()),
                    new DeadLetterPublisher(producer, topics.deadLetters(), name, clock),
                    observers.loop(),
                    clock);
            loop.start();
        } catch (RuntimeException refused) {
            handler.close();
            restorer.close();
            throw CannotStart.kafka(refused);
        }
    }

    Restorer restorer() {
        return restorer;
    }

    LoopHealth loopHealth() {
        return loop.health();
    }

    /** What broke the worker; empty while it is well. */
    Optional<String> problem() {
        if (laneProblem.isDone()) {
            return Optional.of("lane: " + laneProblem.join());
        }
        LoopHealth health = loop.health();
        return health.isLive() ? Optional.empty() : Optional.of("consume loop: " + health.detail());
    }

    /** Completes when the worker is broken, or stopped. */
    CompletionStage<Void> ended() {
        return CompletableFuture.anyOf(laneProblem, loop.ended().toCompletableFuture())
                .thenRun(() -> {});
    }

    /**
     * Takes no more requests, finishes what is in flight, commits, and leaves the group.
     *
     * @return whether everything in flight ended in time; what did not goes to another worker
     */
    boolean drain(Duration timeout) {
        return loop.drain(timeout);
    }

    @Override
    public void close() {
        handler.close();
        loop.close();
        producer.close(CLOSE_TIMEOUT);
        restorer.close();
    }
}
