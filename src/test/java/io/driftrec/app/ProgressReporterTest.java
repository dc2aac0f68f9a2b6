package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.batch.ProgressListener;
import io.driftrec.demo.EmbeddedBroker;
import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.ResultWaiter;
import io.driftrec.kafka.TopicSetup;
import io.driftrec.message.Decoded;
import io.driftrec.message.MessageCodec;
import io.driftrec.message.RestorationProgress;
import io.driftrec.message.RestorationRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressReporterTest {
    private static final String TOPIC = "progress";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RestorationRequest REQUEST =
            RestorationRequest.of("r1", URI.create("s3://in/a.jpg"), URI.create("s3://out/"));

    @TempDir
    private Path directory;

    @Test
    void shouldReportOnceAnIntervalWhenEvaluationsFollowEachOther() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            KafkaConnection connection = KafkaConnection.to(broker.bootstrapServers());
            new TopicSetup(connection).createMissing(List.of(TopicSetup.Topic.of(TOPIC, 1)), PATIENCE);
            Clock still = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
            List<RestorationProgress> reports = new ArrayList<>();
            try (ResultWaiter waiter = ResultWaiter.open(connection, List.of(TOPIC), PATIENCE, Clock.systemUTC());
                    ProgressReporter reporter = new ProgressReporter(connection, TOPIC, "w", still)) {
                // events before the producer knows the cluster are dropped by design, so a new listener tries again
                Awaitility.await().atMost(PATIENCE).until(() -> {
                    ProgressListener listener = reporter.listener(REQUEST);
                    listener.onEvaluation(3, 10);
                    listener.onEvaluation(4, 10);
                    waiter.await(
                            Set.of("r1"),
                            Duration.ofSeconds(1),
                            record -> reports.add(decoded(record.value().orElseThrow())));
                    return !reports.isEmpty();
                });
            }

            assertThat(reports).extracting(RestorationProgress::step).containsOnly(3);
            assertThat(reports.get(0).steps()).hasValue(10);
            assertThat(reports.get(0).worker()).isEqualTo("w");
        }
    }

    private static RestorationProgress decoded(byte[] body) {
        return ((Decoded.Valid<RestorationProgress>) new MessageCodec().decodeProgress(body)).value();
    }
}
