package io.driftrec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftrec.message.TrainingStatus;
import io.driftrec.network.ModelRepository;
import io.driftrec.network.Precision;
import io.driftrec.network.TensorEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training jobs through trainer processes with a tiny network: killed, stopped, cancelled, failed, repeated. */
class TrainersScenarioTest {
    private static final int STEPS = 120;
    private static final int ENDLESS = 1_000_000;
    private static final Duration LONG = Duration.ofMinutes(4);

    @TempDir
    private Path directory;

    private final List<WorkerProcess> trainers = new ArrayList<>();
    private TrainingSite site;

    @BeforeEach
    void open() throws Exception {
        site = new TrainingSite(directory);
    }

    @AfterEach
    void close() {
        trainers.forEach(WorkerProcess::close);
        site.close();
    }

    @Test
    void shouldTrainOnAsIfNothingHadHappenedWhenTrainersAreKilledAndStopped() throws Throwable {
        told(() -> {
            site.send("calm", site.job("calm", "calm", "pictures", STEPS));
            WorkerProcess first = start("first");
            until(() -> end("calm") instanceof TrainingStatus.Completed);

            site.send("disturbed", site.job("disturbed", "disturbed", "pictures", STEPS));
            until(() -> site.step("disturbed") >= 10);
            first.kill();
            WorkerProcess second = start("second");
            until(() -> site.step("disturbed") >= 40);
            second.kill();
            WorkerProcess third = start("third");
            until(() -> site.step("disturbed") >= 70);
            third.terminate();
            until(() -> third.exitCode().isPresent());
            assertThat(third.exitCode()).hasValue(WorkerProcess.TERMINATED);
            assertThat(third.tail()).contains("stopped").doesNotContain("did not stop in time");
            assertThat(end("disturbed")).isInstanceOf(TrainingStatus.Running.class);

            start("fourth");
            until(() -> end("disturbed") instanceof TrainingStatus.Completed);
            assertSameTraining();
            assertThat(startedAt("disturbed").skip(3).findFirst())
                    .as("a terminated trainer leaves a checkpoint of its last step")
                    .hasValue(lastStepOf("disturbed", "third"));
            assertLoads("disturbed");
            assertThat(site.read("driftrec.models")).hasSize(2);
        });
    }

    @Test
    void shouldEndEveryJobOnceAsItMust() throws Throwable {
        told(() -> {
            site.send("running", site.job("running", "m", "pictures", ENDLESS));
            site.send("waiting", site.job("waiting", "m", "pictures", ENDLESS));
            site.send("waiting", "{\"jobId\": \"waiting\", \"action\": \"cancel\"}");
            site.send("empty", site.job("empty", "m", "nothing", STEPS));
            site.send(
                    "odd",
                    site.job("odd", "m", "pictures", 10)
                            .replace("\"budget\"", "\"process\": {\"kind\": \"odd\"}, \"budget\""));
            site.send("bad", site.job("bad", "m", "pictures", -1));
            site.send("noise", "train, please");
            site.send("short", site.job("short", "short", "pictures", 10));
            site.send("short", site.job("short", "short", "pictures", 10));
            WorkerProcess trainer = start("trainer");
            until(() -> site.step("running") >= 3);
            site.send("running", "{\"jobId\": \"running\", \"action\": \"cancel\"}");
            until(() -> ends("short").size() == 2);

            assertThat(end("running")).isInstanceOfSatisfying(TrainingStatus.Cancelled.class, cancelled -> assertThat(
                            cancelled.step().orElseThrow())
                    .isGreaterThanOrEqualTo(3));
            assertThat(end("waiting"))
                    .isInstanceOfSatisfying(TrainingStatus.Cancelled.class, cancelled -> assertThat(cancelled.step())
                            .isEqualTo(OptionalLong.empty()));
            assertThat(site.step("waiting")).isZero();
            assertFailed("empty", "NO_IMAGES", "nothing");
            assertFailed("odd", "INVALID_JOB", "odd");
            assertFailed("bad", "INVALID_JOB", "budget.steps = -1");
            assertThat(site.read(TrainingSite.DEAD_LETTERS)).hasSize(1);
            List<ConsumerRecord<byte[], byte[]>> repeated = ends("short");
            assertThat(repeated.get(1).value())
                    .as("told again, not trained again")
                    .isEqualTo(repeated.get(0).value());
            assertThat(startedAt("short").count()).isOne();
            until(() ->
                    trainer.metric("driftrec_records_ended_total", "unanswered").orElse(0.0) == 2);
            assertThat(trainer.metric("driftrec_training_jobs_total", "completed"))
                    .hasValue(2.0);
            assertThat(trainer.metric("driftrec_training_running")).hasValue(0.0);
        });
    }

    private void assertSameTraining() {
        TrainingStatus.Completed calm = (TrainingStatus.Completed) end("calm");
        TrainingStatus.Completed disturbed = (TrainingStatus.Completed) end("disturbed");
        assertThat(disturbed.model().orElseThrow().weightsSha256())
                .isEqualTo(calm.model().orElseThrow().weightsSha256());
        assertThat(disturbed.bestValidationLoss()).isEqualTo(calm.bestValidationLoss());
        java.util.Map<Long, Double> told = losses("disturbed");
        java.util.Map<Long, Double> common = losses("calm");
        int steps = common.size();
        common.keySet().retainAll(told.keySet());
        assertThat(told).containsAllEntriesOf(common);
        assertThat(common)
                .as("a kill may take the progress of its last step along, which the checkpoint already has")
                .hasSizeGreaterThanOrEqualTo(steps - 2);
    }

    /** The mean loss of the last hundred steps after each step. */
    private java.util.Map<Long, Double> losses(String jobId) {
        return site.statuses(jobId).stream()
                .filter(TrainingStatus.Running.class::isInstance)
                .map(TrainingStatus.Running.class::cast)
                .collect(Collectors.toMap(
                        TrainingStatus.Running::step, running -> running.loss().orElseThrow(), (one, other) -> other));
    }

    private void assertLoads(String model) throws Exception {
        String digest =
                ((TrainingStatus.Completed) end(model)).model().orElseThrow().weightsSha256();
        Path repository = Files.createDirectory(directory.resolve("loaded"));
        Files.move(directory.resolve("models").resolve(model).resolve(digest), repository.resolve(model));
        try (var loaded = new ModelRepository(repository).load(model, TensorEngine.start("cpu", 1), Precision.FP32)) {
            assertThat(loaded.digest()).isEqualTo(digest);
            assertThat(loaded.card().training().get("steps")).startsWith(STEPS + " of 2 samples");
        }
    }

    private void assertFailed(String jobId, String code, String message) {
        assertThat(end(jobId)).isInstanceOfSatisfying(TrainingStatus.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.message()).contains(message);
            assertThat(failed.checkpointStep()).isEmpty();
        });
    }

    /** The last that was told; null before the first. */
    private TrainingStatus end(String jobId) {
        List<TrainingStatus> all = site.statuses(jobId);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    private List<ConsumerRecord<byte[], byte[]>> ends(String jobId) {
        return site.events(jobId).stream()
                .filter(event -> new String(
                                event.headers().lastHeader("ce_type").value())
                        .matches(".*\\.(completed|cancelled|failed)\\.v1"))
                .toList();
    }

    private LongStream startedAt(String jobId) {
        return site.statuses(jobId).stream()
                .filter(TrainingStatus.Started.class::isInstance)
                .mapToLong(status -> ((TrainingStatus.Started) status).step());
    }

    private long lastStepOf(String jobId, String trainer) {
        return site.statuses(jobId).stream()
                .filter(status -> status instanceof TrainingStatus.Running
                        && status.trainer().equals(trainer))
                .mapToLong(status -> ((TrainingStatus.Running) status).step())
                .max()
                .orElseThrow();
    }

    private WorkerProcess start(String name) throws Exception {
        WorkerProcess trainer = site.trainer(name);
        trainers.add(trainer);
        return trainer;
    }

    private void until(Callable<Boolean> condition) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(100)).until(condition);
    }

    private interface Scenario {
        void run() throws Exception;
    }

    /** With the trainers' last words where it fails. */
    private void told(Scenario scenario) throws Throwable {
        try {
            scenario.run();
        } catch (Throwable failure) {
            failure.addSuppressed(new AssertionError(
                    trainers.stream().map(WorkerProcess::tail).collect(Collectors.joining("\n\n"))));
            throw failure;
        }
    }
}
