package io.driftrec.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.kafka.ConsumeLoop;
import io.driftrec.kafka.Handled;
import io.driftrec.kafka.ReceivedRecord;
import io.driftrec.message.TrainingCodec;
import io.driftrec.message.TrainingEvents;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.Precision;
import io.driftrec.network.TensorEngine;
import io.driftrec.storage.Backoff;
import io.driftrec.storage.RoutingStore;
import io.driftrec.training.ModelPublisher;
import io.driftrec.training.Photographs;
import io.driftrec.training.RunSettings;
import io.driftrec.training.TrainingJobs;
import io.driftrec.training.TrainingMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobHandlerTest {
    private static final TensorEngine CPU = TensorEngine.start("cpu", 1);

    @TempDir
    private Path folder;

    private RoutingStore store;

    @BeforeEach
    void writeImages() throws IOException {
        Photographs.write(folder.resolve("data"), 8, 40, 1);
        store = Photographs.store(folder);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private JobHandler handler(Runnable onStatus) {
        RunSettings settings = new RunSettings(
                Precision.FP32, Duration.ZERO, 100, 1, Duration.ZERO, 1, 1 << 20, Backoff.ofAttempts(1));
        TrainingJobs.Place place = new TrainingJobs.Place(
                "trainer",
                List.of(CPU),
                settings,
                store,
                store,
                folder.resolve("jobs").toUri());
        TrainingJobs jobs = new TrainingJobs(
                place,
                wanted -> {
                    throw new InvalidModelException("no model " + wanted.name());
                },
                model -> new ModelPublisher.Published("ab".repeat(32), URI.create("s3://models/")),
                TrainingMetrics.NONE,
                Clock.systemUTC());
        TrainingCodec codec = new TrainingCodec();
        ConsumeLoop.Events events = event -> {
            onStatus.run();
            return CompletableFuture.completedStage(null);
        };
        return new JobHandler(codec, new TrainingEvents(codec), jobs, (record, jobId, onCancel) -> () -> {}, events);
    }

    private ReceivedRecord record(String key) {
        String body =
                """
                {"jobId": "j", "model": "m", "dataset": {"source": "%s", "patch": 32}, "budget": {"steps": 1000000},
                 "network": {"nf": 8, "channelMultipliers": [1, 1], "blocksPerLevel": 1}, "optimization": {"batch": 1}}
                """
                        .formatted(folder.resolve("data").toUri());
        return ReceivedRecord.of("jobs", 0, 7, key.getBytes(UTF_8), body.getBytes(UTF_8), Map.of());
    }

    @Test
    void shouldRefuseAJobUnderAnotherKey() throws Exception {
        try (JobHandler handler = handler(() -> {})) {
            Handled handled = handler.handle(record("k")).toCompletableFuture().get(1, TimeUnit.MINUTES);

            assertThat(handled).isInstanceOfSatisfying(Handled.Publish.class, answer -> assertThat(
                            new String(answer.event().value(), UTF_8))
                    .contains("INVALID_JOB", "the key"));
        }
    }

    @Test
    void shouldLeaveAJobUnansweredWhenAnotherTrainerClaimsIt() throws Exception {
        Runnable claim = () -> {
            try {
                Files.writeString(folder.resolve("jobs/j/owner"), "another trainer");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        try (JobHandler handler = handler(claim)) {
            Handled handled = handler.handle(record("j")).toCompletableFuture().get(1, TimeUnit.MINUTES);

            assertThat(handled).isEqualTo(new Handled.Unanswered());
        }
    }

    @Test
    void shouldGiveBackTheJobUnderWayWhenItStops() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        try (JobHandler handler = handler(() -> begun.complete(null))) {
            CompletableFuture<Handled> handled = handler.handle(record("j")).toCompletableFuture();
            begun.get(1, TimeUnit.MINUTES);
            handler.stop();

            assertThat(handled.get(1, TimeUnit.MINUTES)).isEqualTo(new Handled.GiveBack());
        }
    }
}
