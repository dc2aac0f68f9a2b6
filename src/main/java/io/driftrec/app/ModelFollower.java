package io.driftrec.app;

import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.ReceivedRecord;
import io.driftrec.kafka.TopicFollower;
import io.driftrec.message.ModelCodec;
import io.driftrec.registry.ModelUpdates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's thread that reads the topic of models and brings into force what it says.
 *
 * <h2>Failure modes</h2>
 *
 * <p>A cluster that does not answer or refuses is asked again; the worker serves what it has meanwhile. When the thread dies of a
 * defect, the worker would miss what is published from then on: {@link #problem} says so, and the worker is to be replaced.
 *
 * <p>Why so: "Versions are followed by one thread and loaded by the lane's" in {@code src/docs/RATIONALE.md}.
 */
final class ModelFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFollower.class);
    private static final Duration CLUSTER_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final TopicFollower topic;
    private final ModelUpdates updates;
    private final ModelCodec codec = new ModelCodec();
    private final Thread thread = new Thread(this::run, "model-follower");
    private final CompletableFuture<String> problem = new CompletableFuture<>();

    private ModelFollower(TopicFollower topic, ModelUpdates updates) {
        this.topic = topic;
        this.updates = updates;
        thread.setDaemon(true);
    }

    /**
     * Connects.
     *
     * @throws CannotStart when there is no such topic, or the cluster cannot be reached
     */
    static ModelFollower open(KafkaConnection connection, String topic, ModelUpdates updates) {
        try {
            return new ModelFollower(TopicFollower.open(connection, topic, CLUSTER_TIMEOUT), updates);
        } catch (RuntimeException refused) {
            throw new CannotStart(
                    "--follow-models: " + refused.getMessage()
                            + "; --create-topics creates a topic of models that is missing",
                    refused);
        }
    }

    /**
     * Reads what the topic says by now, and tries to bring it into force, so that a worker does not begin with an older version than
     * the one that is announced. Before {@link #start}.
     *
     * @return whether the end of the topic was reached in time
     * @throws InterruptedException when the thread is interrupted
     */
    boolean catchUp(Duration limit, Clock clock) throws InterruptedException {
        Instant until = clock.instant().plus(limit);
        while (!topic.hasReachedEnd()) {
            if (clock.instant().isAfter(until)) {
                return false;
            }
            hear();
        }
        updates.apply();
        return true;
    }

    void start() {
        thread.start();
    }

    /** Completes with what broke it, if anything does. */
    CompletableFuture<String> problem() {
        return problem;
    }

    private void run() {
        try {
            while (true) {
                try {
                    hear();
                } catch (RuntimeException refused) {
                    LOG.warn("the topic of models cannot be read, tried again in {} s", PAUSE.toSeconds(), refused);
                    Thread.sleep(PAUSE.toMillis());
                }
                updates.apply();
            }
        } catch (InterruptedException stopping) {
            LOG.debug("models are no longer followed");
        } catch (Throwable defect) {
            problem.complete(defect.toString());
            LOG.error("models are no longer followed: a defect", defect);
        }
    }

    private void hear() throws InterruptedException {
        for (ReceivedRecord received : topic.poll(POLL)) {
            updates.hear(
                    codec.decode(received.key().orElse(null), received.value().orElse(null)));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        topic.close();
    }
}
