package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.storage.RoutingStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that were stopped and gone on with. */
class ResumedTrainingTest {
    @TempDir
    private Path folder;

    private RoutingStore store;

    @BeforeEach
    void writeImages() throws IOException {
        Photographs.write(folder.resolve("data"), 12, 40, 1);
        store = Photographs.store(folder);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void shouldGoOnAsIfItHadNotStopped() throws Exception {
        TrainingPlan plan = TinyTraining.plan(folder, 8, 1);
        TrainingOutcome whole = run(plan, "whole");

        TrainingOutcome stopped = stopAfter(3, plan, "parts");
        TrainingOutcome resumed = run(plan, "parts");

        assertThat(stopped.end()).isEqualTo(StopRequest.PAUSE);
        assertThat(stopped.progress().step()).isEqualTo(3);
        assertThat(resumed.end()).isEqualTo(StopRequest.NONE);
        assertSame(resumed, whole);
    }

    @Test
    void shouldGoOnWithTheImagesThatItBeganWith() throws Exception {
        TrainingPlan plan = TinyTraining.plan(folder, 8, 1);
        TrainingOutcome whole = run(plan, "whole");
        TrainingOutcome stopped = stopAfter(3, plan, "parts");
        Photographs.write(folder.resolve("data/more"), 5, 40, 99);
        Files.delete(Path.of(stopped.split().test().get(0)));

        TrainingOutcome resumed = run(plan, "parts");

        assertThat(resumed.split())
                .as("images to test with are not trained on because others came")
                .isEqualTo(stopped.split());
        assertSame(resumed, whole);
        assertThat(run(plan, "new").split()).isNotEqualTo(stopped.split());
    }

    @Test
    void shouldNotGoOnWithADivisionThatIsNone() throws Exception {
        TrainingPlan plan = TinyTraining.plan(folder, 2, 1);
        stopAfter(1, plan, "parts");
        Files.writeString(folder.resolve("parts/split.csv"), "part,file\ntraining\n");

        assertThatThrownBy(() -> run(plan, "parts"))
                .isInstanceOfSatisfying(TrainingFailedException.class, e -> assertThat(e.failure())
                        .isEqualTo(TrainingFailure.CHECKPOINT_UNUSABLE))
                .hasMessageContaining("\"training\"");
    }

    private static void assertSame(TrainingOutcome resumed, TrainingOutcome whole) {
        assertThat(resumed.curve().losses()).isEqualTo(whole.curve().losses());
        assertThat(resumed.curve().validations()).isEqualTo(whole.curve().validations());
        assertThat(resumed.weights()).isEqualTo(whole.weights());
    }

    private TrainingOutcome stopAfter(int count, TrainingPlan plan, String job) throws InterruptedException {
        AtomicLong steps = new AtomicLong();
        return TinyTraining.run(plan, store, checkpoints(job), 1)
                .run(
                        Optional.empty(),
                        progress -> {},
                        () -> steps.getAndIncrement() < count ? StopRequest.NONE : StopRequest.PAUSE);
    }

    private TrainingOutcome run(TrainingPlan plan, String job) throws InterruptedException {
        return TinyTraining.run(plan, store, checkpoints(job), 1)
                .run(Optional.empty(), progress -> {}, () -> StopRequest.NONE);
    }

    private Checkpoints checkpoints(String job) {
        URI location = folder.resolve(job).resolve("checkpoint.safetensors").toUri();
        return new Checkpoints(store, location);
    }
}
