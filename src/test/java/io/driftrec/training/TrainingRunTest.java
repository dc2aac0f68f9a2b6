package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.driftrec.network.NcsnppInitialization;
import io.driftrec.network.ParameterVector;
import io.driftrec.network.Safetensors;
import io.driftrec.network.Tensor;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
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
    void shouldRepeatItsLossCurveWithTheSameSeedOnly() throws Exception {
        LossCurve one = run(TinyTraining.plan(folder, 4, 1), 1, "one").curve();
        LossCurve same = run(TinyTraining.plan(folder, 4, 1), 1, "same").curve();
        LossCurve other = run(TinyTraining.plan(folder, 4, 2), 1, "other").curve();

        assertThat(one.losses()).hasSize(4);
        assertThat(same.losses()).isEqualTo(one.losses());
        assertThat(same.validations()).isEqualTo(one.validations()).isNotEmpty();
        assertThat(other.losses()).isNotEqualTo(one.losses());
    }

    @Test
    void shouldTrainAsEverWhenAStoreIsOutOfReachForAMoment() throws Exception {
        TrainingPlan plan = TinyTraining.plan(folder, 2, 1);
        TrainingOutcome undisturbed = run(plan, 1, "undisturbed");
        ObjectStore disturbed = new DisturbedStore(store, 2);

        TrainingOutcome outcome = TinyTraining.run(
                        plan, disturbed, new Checkpoints(disturbed, location("disturbed")), 1)
                .run(Optional.empty(), progress -> {}, () -> StopRequest.NONE);

        assertThat(outcome.curve().losses()).isEqualTo(undisturbed.curve().losses());
        assertThat(checkpoints("disturbed").read())
                .hasValueSatisfying(last -> assertThat(last.step()).isEqualTo(2));
    }

    @Test
    void shouldBlameTheStoreWhenImagesOrCheckpointStayOutOfReach() {
        TrainingPlan plan = TinyTraining.plan(folder, 1, 1);
        ObjectStore away = new DisturbedStore(store, Integer.MAX_VALUE);

        assertThatStoreIsBlamed(TinyTraining.run(plan, away, checkpoints("job"), 1));
        assertThatStoreIsBlamed(TinyTraining.run(plan, store, new Checkpoints(away, location("job")), 1));
    }

    private static void assertThatStoreIsBlamed(TrainingRun run) {
        assertThatThrownBy(() -> run.run(Optional.empty(), progress -> {}, () -> StopRequest.NONE))
                .isInstanceOfSatisfying(TrainingFailedException.class, e -> assertThat(e.failure())
                        .isEqualTo(TrainingFailure.STORE_UNAVAILABLE));
    }

    @Test
    void shouldTakeAStepWhenTheTimeIsSpentBeforeTheFirst() throws Exception {
        Budget tiny = new Budget(Optional.empty(), Optional.of(Duration.ofMillis(1)));

        TrainingOutcome outcome = run(TinyTraining.withBudget(TinyTraining.plan(folder, 1, 1), tiny), 1, "job");

        assertThat(outcome.end()).isEqualTo(StopRequest.NONE);
        assertThat(outcome.progress().step()).isEqualTo(1);
    }

    @Test
    void shouldTrainWithTwoReplicasAsWithOneAndTheDoubledBatch() throws Exception {
        TrainingPlan halves = TinyTraining.plan(folder, 10, 1);
        TrainingPlan doubled =
                TinyTraining.withBatch(halves, 2 * halves.optimization().batch());

        TrainingOutcome two = run(halves, 2, "two");
        TrainingOutcome one = run(doubled, 1, "one");

        assertThat(ParameterVector.of(halves.architecture(), two.weights()))
                .containsExactly(ParameterVector.of(halves.architecture(), one.weights()), within(1e-5f));
        assertThat(two.progress().samples()).isEqualTo(one.progress().samples());
    }

    @Test
    void shouldFailOnALossThatIsNoNumberAndLeaveTheLastCheckpoint() throws Exception {
        run(TinyTraining.plan(folder, 3, 1), 1, "job");
        change(
                "job",
                was -> new Checkpoint.Vectors(
                        infinite(was.theta()), was.first(), was.second(), was.average(), was.best()));
        byte[] checkpoint = Files.readAllBytes(folder.resolve("job.safetensors"));

        assertThatThrownBy(() -> run(TinyTraining.plan(folder, 9, 1), 1, "job"))
                .isInstanceOfSatisfying(TrainingFailedException.class, e -> assertThat(e.failure())
                        .isEqualTo(TrainingFailure.NON_FINITE_LOSS))
                .hasMessageContaining("learning rate");
        assertThat(folder.resolve("job.safetensors")).hasBinaryContent(checkpoint);
    }

    @Test
    void shouldNotTellAValidationThatIsNoNumber() throws Exception {
        TrainingOutcome good = run(TinyTraining.plan(folder, 3, 1), 1, "job");
        change(
                "job",
                was -> new Checkpoint.Vectors(
                        was.theta(), was.first(), was.second(), infinite(was.average()), was.best()));

        TrainingOutcome outcome = run(TinyTraining.plan(folder, 4, 1), 1, "job");

        assertThat(outcome.progress().validationLoss()).isEmpty();
        assertThat(outcome.progress().bestValidationLoss())
                .isEqualTo(good.progress().bestValidationLoss());
        assertThat(outcome.weights()).isEqualTo(good.weights());
    }

    @Test
    void shouldFailWhenNoValidationGaveANumber() throws Exception {
        TrainingPlan plan = TinyTraining.plan(folder, 1, 1);
        TinyTraining.run(plan, store, checkpoints("job"), 1)
                .run(Optional.empty(), progress -> {}, () -> StopRequest.PAUSE);
        change(
                "job",
                was -> new Checkpoint.Vectors(
                        was.theta(), was.first(), was.second(), infinite(was.average()), was.best()));

        assertThatThrownBy(() -> run(plan, 1, "job"))
                .isInstanceOfSatisfying(TrainingFailedException.class, e -> assertThat(e.failure())
                        .isEqualTo(TrainingFailure.NON_FINITE_LOSS))
                .hasMessageContaining("no validation");
    }

    private void change(String name, UnaryOperator<Checkpoint.Vectors> change) throws StorageException {
        Checkpoint was = checkpoints(name).read().orElseThrow();
        checkpoints(name)
                .write(new Checkpoint(
                        was.identity(),
                        was.step(),
                        was.trainedMillis(),
                        was.bestLoss(),
                        was.bestStep(),
                        change.apply(was.vectors()),
                        was.curve(),
                        was.fixed()));
    }

    private static Tensor infinite(Tensor vector) {
        float[] values = vector.toFloats();
        values[0] = Float.POSITIVE_INFINITY;
        return Checkpoint.vector(values);
    }

    @Test
    void shouldRefuseACheckpointOfAnotherTraining() throws Exception {
        run(TinyTraining.plan(folder, 1, 1), 1, "job");

        assertThatThrownBy(() -> run(TinyTraining.plan(folder, 1, 2), 1, "job"))
                .isInstanceOfSatisfying(TrainingFailedException.class, e -> assertThat(e.failure())
                        .isEqualTo(TrainingFailure.CHECKPOINT_UNUSABLE))
                .hasMessageContaining("seed 1")
                .hasMessageContaining("seed 2");
        assertThatThrownBy(() -> run(TinyTraining.plan(folder, 1, 1), 2, "job"))
                .as("whose steps are as many samples")
                .isInstanceOfSatisfying(TrainingFailedException.class, e -> assertThat(e.failure())
                        .isEqualTo(TrainingFailure.CHECKPOINT_UNUSABLE))
                .hasMessageContaining("2 devices");
    }

    @Test
    void shouldKeepOneSpellingOfItsIdentity() {
        assertThat(TinyTraining.plan(folder, 1, 1).identity(1))
                .as("which another process must find the same")
                .contains("ouve{gamma=1.0, sigmaMax=1.0, sigmaMin=0.01}");
    }

    @Test
    void shouldRefuseADamagedCheckpoint() throws Exception {
        Files.writeString(folder.resolve("job.safetensors"), "no checkpoint");

        assertThatThrownBy(() -> run(TinyTraining.plan(folder, 1, 1), 1, "job"))
                .isInstanceOfSatisfying(TrainingFailedException.class, e -> assertThat(e.failure())
                        .isEqualTo(TrainingFailure.CHECKPOINT_UNUSABLE));
    }

    @Test
    void shouldRefuseAStartModelOfAnotherArchitecture() {
        TrainingPlan plan = TinyTraining.plan(folder, 1, 1);
        Safetensors other = NcsnppInitialization.draw(TinyTraining.network(12, 6), 1);

        assertThatThrownBy(() -> TinyTraining.run(plan, store, checkpoints("job"), 1)
                        .run(Optional.of(other), progress -> {}, () -> StopRequest.NONE))
                .isInstanceOfSatisfying(TrainingFailedException.class, e -> assertThat(e.failure())
                        .isEqualTo(TrainingFailure.START_MODEL_UNUSABLE));
    }

    @Test
    void shouldReportProgressAndWriteCheckpointsOnTheWay() throws Exception {
        List<TrainingListener.Progress> reports = new ArrayList<>();
        List<Long> written = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void progressed(Progress progress) {
                reports.add(progress);
            }

            @Override
            public void checkpointed(long step) {
                written.add(step);
            }
        };

        TinyTraining.run(TinyTraining.plan(folder, 4, 1), store, checkpoints("job"), 1)
                .run(Optional.empty(), listener, () -> StopRequest.NONE);

        TrainingListener.Progress last = reports.get(reports.size() - 1);
        assertThat(written).endsWith(4L).hasSizeGreaterThan(1);
        assertThat(last.step()).isEqualTo(4);
        assertThat(last.share()).isEqualTo(1);
        assertThat(last.left()).isEqualTo(Duration.ZERO);
        assertThat(last.loss()).isPositive();
        assertThat(last.bestValidationLoss().getAsDouble())
                .isLessThanOrEqualTo(last.validationLoss().getAsDouble());
        assertThat(last.samplesPerSecond()).isPositive();
        assertThat(last.waitingShare()).isBetween(0.0, 1.0);
    }

    @Test
    void shouldTellTheLearningRateOfTheLastStep() throws Exception {
        TrainingPlan constant = TinyTraining.plan(folder, 2, 1);
        OptimizationSettings falling = new OptimizationSettings(2, 1e-3, 0, 0, 0.01, 1, 0.9, true, 0);

        TrainingOutcome outcome = run(TinyTraining.with(constant, falling, constant.budget()), 1, "job");

        assertThat(outcome.progress().learningRate())
                .as("half way down a cosine")
                .isCloseTo(5e-4, within(1e-12));
    }

    @Test
    void shouldTrainTheRegressionBaselineAndTheScore() throws Exception {
        TrainingOutcome regression = run(TinyTraining.regression(folder, 2), 1, "regression");
        TrainingOutcome score = run(TinyTraining.score(folder, 2), 1, "score");

        assertThat(regression.curve().losses()).hasSize(2).doesNotContain(Float.NaN);
        assertThat((double) score.curve().losses()[0])
                .as("an untrained network's loss is half the squared noise of 3 x 32 x 32 values")
                .isCloseTo(0.5 * 3 * 32 * 32, within(100.0));
    }

    private TrainingOutcome run(TrainingPlan plan, int replicas, String checkpoint) throws InterruptedException {
        return TinyTraining.run(plan, store, checkpoints(checkpoint), replicas)
                .run(Optional.empty(), progress -> {}, () -> StopRequest.NONE);
    }

    private Checkpoints checkpoints(String name) {
        return new Checkpoints(store, location(name));
    }

    private URI location(String name) {
        return folder.resolve(name + ".safetensors").toUri();
    }
}
