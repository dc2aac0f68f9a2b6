package io.driftrec.app;

import io.driftrec.batch.ProgressListener;
import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.ProducerSettings;
import io.driftrec.kafka.RequestSender;
import io.driftrec.message.MessageCodec;
import io.driftrec.message.OutgoingEvents;
import io.driftrec.message.RestorationProgress;
import io.driftrec.message.RestorationRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Publishes how far requests are, at most one event per request and interval. Progress is news, not an outcome: an event that can't be
 * handed over at once is dropped, because the lane's thread must not wait.
 */
final class ProgressReporter implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Map<String, String> NEVER_WAIT = Map.of("max.block.ms", "0");

    private final RequestSender sender;
    private final OutgoingEvents events = new OutgoingEvents(new MessageCodec(), OutgoingEvents.DEFAULT_SOURCE);
    private final String worker;
    private final Clock clock;

    ProgressReporter(KafkaConnection connection, String topic, String worker, Clock clock) {
        this.sender = RequestSender.open(new ProducerSettings(connection, NEVER_WAIT), topic);
        this.worker = worker;
        this.clock = clock;
    }

    /** Reports one request's progress. */
    ProgressListener listener(RestorationRequest request) {
        return new ProgressListener() {
            private Instant next = clock.instant();

            @Override
            public void onEvaluation(int evaluations, int expected) {
                Instant now = clock.instant();
                if (!now.isBefore(next)) {
                    next = now.plus(INTERVAL);
                    OptionalInt steps = evaluations <= expected ? OptionalInt.of(expected) : OptionalInt.empty();
                    RestorationProgress progress =
                            new RestorationProgress(request.requestId(), evaluations, steps, now, worker);
                    sender.send(events.progress(progress, Map.of()));
                }
            }
        };
    }

    @Override
    public void close() {
        sender.close();
    }
}
