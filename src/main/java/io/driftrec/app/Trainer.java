package io.driftrec.app;

import io.driftrec.kafka.AcknowledgedProducer;
import io.driftrec.kafka.ConsumeLoop;
import io.driftrec.kafka.ConsumerSettings;
import io.driftrec.kafka.DeadLetterPublisher;
import io.driftrec.kafka.EventPublisher;
import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.LoopHealth;
import io.driftrec.kafka.LoopMetrics;
import io.driftrec.kafka.ProducerSettings;
import io.driftrec.message.TrainingCodec;
import io.driftrec.message.TrainingEvents;
import io.driftrec.training.TrainingJobs;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * A trainer: the hops of a job in order. Jobs topic, {@link ConsumeLoop}, {@link JobHandler}, {@link TrainingJobs}, {@link
 * EventPublisher}, and the loop's offset ledger. The loop's thread polls while the job's thread trains for hours, so the trainer
 * keeps its place in the group, and loses it when it dies: then the record goes to another, which goes on from the checkpoint.
 *
 * <h2>Failure modes</h2>
 *
 * <p>When the loop fails the trainer is broken for good ({@link #problem}) and the process should end; the job is not committed.
 */
final class Trainer implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final AcknowledgedProducer producer;
    private final JobHandler handler;
    private final ConsumeLoop loop;

    /** The topics of training besides that of jobs, which the consumer has. */
    record Topics(String progress, String deadLetters, String models) {}

    /**
     * Joins the consumer group.
     *
     * @param name of this trainer, for events and dead letters
     * @param jobs made with what publishes announcements of models
     * @throws CannotStart when Kafka's clients refuse
     */
    Trainer(
            String name,
            ConsumerSettings consumer,
            Topics topics,
            Function<EventPublisher, TrainingJobs> jobs,
            LoopMetrics metrics,
            Clock clock) {
        KafkaConnection connection = consumer.connection();
        TrainingCodec codec = new TrainingCodec();
        try {
            producer = AcknowledgedProducer.open(ProducerSettings.defaults(connection), metrics);
        } catch (RuntimeException refused) {
            throw CannotStart.kafka(refused);
        }
        EventPublisher progress = new EventPublisher(producer, topics.progress());
        handler = new JobHandler(
                codec,
                new TrainingEvents(codec),
                jobs.apply(new EventPublisher(producer, topics.models())),
                (record, jobId, onCancel) -> CancelWatch.start(connection, record, jobId, onCancel),
                progress);
        try {
            loop = ConsumeLoop.create(
                    consumer,
                    handler,
                    progress,
                    new DeadLetterPublisher(producer, topics.deadLetters(), name, clock),
                    metrics,
                    System::nanoTime);
            loop.start();
        } catch (RuntimeException refused) {
            handler.close();
            producer.close(CLOSE_TIMEOUT);
            throw CannotStart.kafka(refused);
        }
    }

    LoopHealth loopHealth() {
        return loop.health();
    }

    /** What broke the trainer; empty while it is well. */
    Optional<String> problem() {
        LoopHealth health = loop.health();
        return health.isLive() ? Optional.empty() : Optional.of("consume loop: " + health.detail());
    }

    /** Completes when the trainer is broken, or stopped. */
    CompletionStage<LoopHealth> ended() {
        return loop.ended();
    }

    /**
     * Takes no more jobs, writes the checkpoint of the one under way, and leaves the group.
     *
     * @return whether the job under way stopped in time; it goes to another trainer in any case
     */
    boolean drain(Duration timeout) {
        handler.stop();
        return loop.drain(timeout);
    }

    @Override
    public void close() {
        handler.close();
        loop.close();
        producer.close(CLOSE_TIMEOUT);
    }
}
