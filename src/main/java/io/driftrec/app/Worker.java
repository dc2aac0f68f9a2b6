package io.driftrec.app;

import io.driftrec.batch.LaneMetrics;
import io.driftrec.batch.ProgressListener;
import io.driftrec.kafka.AcknowledgedProducer;
import io.driftrec.kafka.ConsumeLoop;
import io.driftrec.kafka.ConsumerSettings;
import io.driftrec.kafka.DeadLetterPublisher;
import io.driftrec.kafka.EventPublisher;
import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.LoopHealth;
import io.driftrec.kafka.LoopMetrics;
import io.driftrec.kafka.ProducerSettings;
import io.driftrec.message.MessageCodec;
import io.driftrec.message.OutgoingEvents;
import io.driftrec.message.RestorationRequest;
import io.driftrec.network.LoadedModel;
import io.driftrec.registry.ModelUpdates;
import io.driftrec.registry.UpdateMetrics;
import io.driftrec.restore.ModelState;
import io.driftrec.restore.RestoreMetrics;
import io.driftrec.storage.StorageSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: the hops of an image in order. Requests topic, {@link ConsumeLoop}, {@link RequestHandler}, {@code
 * RestorationService} with its lane, {@link EventPublisher}, and the loop's offset ledger.
 *
 * <h2>Failure modes</h2>
 *
 * <p>When the lane goes out of service, or the loop or the thread that follows the models fails, the worker is broken for good ({@link #problem}); its unfinished requests
 * are not committed and go to other workers. The process should end.
 */
final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CATCH_UP_LIMIT = Duration.ofSeconds(60);
    private static final Duration MODEL_STORE_PAUSE = Duration.ofSeconds(30);

    private final CompletableFuture<String> laneProblem = new CompletableFuture<>();
    private final CompletableFuture<String> followerProblem = new CompletableFuture<>();
    private final Restorer restorer;
    private final AcknowledgedProducer producer;
    private final RequestHandler handler;
    private final ConsumeLoop loop;
    private final @Nullable ModelFollower follower;

    /** Who hears what of a worker. */
    record Observers(
            RestoreMetrics restore,
            LaneMetrics lane,
            LoopMetrics loop,
            Function<RestorationRequest, ProgressListener> progress,
            UpdateMetrics updates,
            BiConsumer<LoadedModel, ModelState> versions) {
        Observers withProgress(Function<RestorationRequest, ProgressListener> listeners) {
            return new Observers(restore, lane, loop, listeners, updates, versions);
        }

        static Observers none() {
            return new Observers(
                    RestoreMetrics.NONE,
                    LaneMetrics.NONE,
                    LoopMetrics.NONE,
                    request -> (evaluations, expected) -> {},
                    UpdateMetrics.NONE,
                    (model, state) -> {});
        }
    }

    /**
     * Loads the models, brings them to what the topic of models says, and joins the consumer group.
     *
     * @param name of this worker, for results and dead letters
     * @param follow which models are taken up while the worker runs
     * @param consumer with everything but the number of records in flight, which the restorer decides
     * @throws CannotStart naming what is missing or wrong
     */
    Worker(
            String name,
            RestorerOptions restorerOptions,
            FollowOptions follow,
            StorageSettings storage,
            ConsumerSettings consumer,
            Topics topics,
            Observers observers) {
        restorer = Restorer.open(
                restorerOptions,
                follow,
                storage,
                name,
                new Restorer.Observers(
                        observers.restore(),
                        observers.lane(),
                        reason -> laneProblem.complete(String.valueOf(reason.getMessage())),
                        observers.versions()));
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
        follower = follow.isOn() ? follow(consumer.connection(), follow.topic(), observers.updates(), clock) : null;
        try {
            producer = AcknowledgedProducer.open(ProducerSettings.defaults(consumer.connection()), observers.loop());
            loop = ConsumeLoop.create(
                    consumer,
                    handler,
                    new EventPublisher(producer, topics.results()),
                    new DeadLetterPublisher(producer, topics.deadLetters(), name, clock),
                    observers.loop(),
                    System::nanoTime);
            loop.start();
        } catch (RuntimeException refused) {
            handler.close();
            if (follower != null) {
                follower.close();
            }
            restorer.close();
            throw CannotStart.kafka(refused);
        }
    }

    private ModelFollower follow(KafkaConnection connection, String topic, UpdateMetrics metrics, Clock clock) {
        ModelUpdates updates = new ModelUpdates(restorer::fetch, restorer.models(), metrics, clock, MODEL_STORE_PAUSE);
        try {
            ModelFollower opened = ModelFollower.open(connection, topic, updates);
            if (!opened.catchUp(CATCH_UP_LIMIT, clock)) {
                LOG.warn("the topic of models was not read in {} s; beginning without", CATCH_UP_LIMIT.toSeconds());
            }
            opened.problem().thenAccept(followerProblem::complete);
            opened.start();
            return opened;
        } catch (RuntimeException refused) {
            handler.close();
            restorer.close();
            throw refused instanceof CannotStart known ? known : CannotStart.kafka(refused);
        } catch (InterruptedException stopping) {
            handler.close();
            restorer.close();
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while models were loaded", stopping);
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
        if (followerProblem.isDone()) {
            return Optional.of("model follower: " + followerProblem.join());
        }
        LoopHealth health = loop.health();
        return health.isLive() ? Optional.empty() : Optional.of("consume loop: " + health.detail());
    }

    /** Completes when the worker is broken, or stopped. */
    CompletionStage<Void> ended() {
        return CompletableFuture.anyOf(
                        laneProblem, followerProblem, loop.ended().toCompletableFuture())
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
        if (follower != null) {
            follower.close();
        }
        producer.close(CLOSE_TIMEOUT);
        restorer.close();
    }
}
