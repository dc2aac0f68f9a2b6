package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import io.driftrec.message.TrainingJob;
import io.driftrec.message.TrainingStatus;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.ModelRepository;
import io.driftrec.network.Precision;
import io.driftrec.network.TensorEngine;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageException;
import io.driftrec.storage.StorageException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose stores, place to publish or device are away at times. */
class TrainingOutageTest {
    private static final TensorEngine CPU = TensorEngine.start("cpu", 1);
    private static final URI MODELS = URI.create("s3://models/");
    private static final String NEW_WEIGHTS =
            "\"network\": {\"nf\": 8, \"channelMultipliers\": [1, 1], \"blocksPerLevel\": 1}";
    private static final StartModels NO_START_MODELS = wanted -> {
        throw new InvalidModelException("no model " + wanted.name());
    };

    @TempDir
    private Path folder;

    private final AtomicInteger publications = new AtomicInteger();
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

    private TrainingJobs trainer(ObjectStore states, StartModels startModels, ModelPublisher publisher) {
        return new TrainingJobs(place(states), startModels, publisher, TrainingMetrics.NONE, Clock.systemUTC());
    }

    private TrainingJobs.Place place(ObjectStore states) {
        RunSettings settings = new RunSettings(
                Precision.FP32, Duration.ofHours(1), 1, 1, Duration.ZERO, 1, 1 << 20, TinyTraining.THREE_TRIES);
        URI jobs = folder.resolve("jobs").toUri();
        return new TrainingJobs.Place("trainer", List.of(CPU), settings, new DisturbedStore(store, 2), states, jobs);
    }

    private TrainingJob job(int steps, String more) {
        return TinyTraining.job(
                """
                "dataset": {"source": "%s", "patch": 32}, "optimization": {"batch": 1}, "budget": {"steps": %d}, %s
                """
                        .formatted(folder.resolve("data").toUri(), steps, more));
    }

    private ModelPublisher.Published publish(int failures) throws StorageException {
        if (publications.incrementAndGet() <= failures) {
            throw new StorageException(Reason.UNAVAILABLE, MODELS, "as the test says");
        }
        return new ModelPublisher.Published("ab".repeat(32), MODELS);
    }

    private static String code(Optional<TrainingStatus> end) {
        return ((TrainingStatus.Failed) end.orElseThrow()).code();
    }

    @Test
    void shouldCompleteAJobWhenEveryStoreIsOutOfReachForAMoment() {
        Optional<TrainingStatus> end = trainer(new DisturbedStore(store, 1), NO_START_MODELS, model -> publish(2))
                .run(job(2, NEW_WEIGHTS), new JobControl(), status -> {});

        assertThat(end).containsInstanceOf(TrainingStatus.Completed.class);
        assertThat(publications).hasValue(3);
        assertThat(folder.resolve("jobs/j/outcome.json")).exists();
    }

    @Test
    void shouldAskAgainForAStartModelThatIsOutOfReach() {
        AtomicInteger asked = new AtomicInteger();
        StartModels away = wanted -> {
            asked.incrementAndGet();
            throw new StorageException(Reason.UNAVAILABLE, MODELS, "as the test says");
        };

        Optional<TrainingStatus> end = trainer(store, away, model -> publish(0))
                .run(job(1, "\"startModel\": {\"name\": \"m\"}"), new JobControl(), status -> {});

        assertThat(code(end)).isEqualTo("STORE_UNAVAILABLE");
        assertThat(asked).hasValue(3);
    }

    @Test
    void shouldNotPublishAgainWhatIsRefusedForGood() {
        ModelPublisher refusing = model -> {
            publications.incrementAndGet();
            throw new InvalidModelException("is there and differs");
        };

        Optional<TrainingStatus> end =
                trainer(store, NO_START_MODELS, refusing).run(job(1, NEW_WEIGHTS), new JobControl(), status -> {});

        assertThat(code(end)).isEqualTo("INTERNAL");
        assertThat(publications).hasValue(1);
    }

    @Test
    void shouldLeaveAJobThatIsAskedToPauseWhenItsLastCheckpointCannotBeWritten() {
        DisturbedStore states = new DisturbedStore(store, 0);
        JobControl control = new JobControl();

        Optional<TrainingStatus> end = trainer(states, NO_START_MODELS, model -> publish(0))
                .run(job(1_000_000, NEW_WEIGHTS), control, status -> {
                    states.cutOff();
                    control.leave();
                });

        assertThat(end).isEmpty();
    }

    @Test
    void shouldLeaveAJobWhoseDeviceIsBroken() {
        StartModels defect = wanted -> {
            throw new IllegalStateException("an illegal memory access was encountered");
        };
        TrainingJob job = job(1, "\"startModel\": {\"name\": \"m\"}");

        for (boolean isDeviceWorking : new boolean[] {false, true}) {
            Optional<TrainingStatus> end = new TrainingJobs(
                            place(store),
                            defect,
                            model -> publish(0),
                            TrainingMetrics.NONE,
                            Clock.systemUTC(),
                            () -> isDeviceWorking)
                    .run(job, new JobControl(), status -> {});

            assertThat(end.isPresent()).isEqualTo(isDeviceWorking);
        }
    }

    @Test
    void shouldFailAJobWhoseCheckpointCannotBeWrittenWhenNobodyAsksToPause() {
        DisturbedStore states = new DisturbedStore(store, 0);

        Optional<TrainingStatus> end = trainer(states, NO_START_MODELS, model -> publish(0))
                .run(job(2, NEW_WEIGHTS), new JobControl(), status -> states.cutOff());

        assertThat(code(end)).isEqualTo("STORE_UNAVAILABLE");
    }

    @Test
    void shouldEndAJobAsCancelledWhenItsLastCheckpointCannotBeWritten() {
        DisturbedStore states = new DisturbedStore(store, 0);
        JobControl control = new JobControl();

        Optional<TrainingStatus> end = trainer(states, NO_START_MODELS, model -> publish(0))
                .run(job(1_000_000, NEW_WEIGHTS), control, status -> {
                    states.cutOff();
                    control.cancel();
                });

        assertThat(end).containsInstanceOf(TrainingStatus.Cancelled.class);
    }

    @Test
    void shouldCompleteAPublishedJobWhenThatCannotBeNoted() {
        DisturbedStore states = new DisturbedStore(store, 0);
        ModelPublisher last = model -> {
            states.cutOff();
            return publish(0);
        };

        Optional<TrainingStatus> end =
                trainer(states, NO_START_MODELS, last).run(job(1, NEW_WEIGHTS), new JobControl(), status -> {});

        assertThat(end).containsInstanceOf(TrainingStatus.Completed.class);
        assertThat(folder.resolve("jobs/j/outcome.json")).doesNotExist();
    }

    @Test
    void shouldNotClaimAJobThatItWasAskedToLeaveBefore() throws Exception {
        ModelRepository models = new ModelRepository(Path.of("models"));
        StartModels.Found model = new StartModels.Found(
                models.card("small-ouve"), models.digest("small-ouve"), models.weights("small-ouve"));
        JobControl control = new JobControl();
        StartModels slow = wanted -> {
            control.leave();
            return model;
        };

        Optional<TrainingStatus> end = trainer(store, slow, published -> publish(0))
                .run(job(1, "\"startModel\": {\"name\": \"small-ouve\"}"), control, status -> {});

        assertThat(end).isEmpty();
        assertThat(folder.resolve("jobs/j/owner"))
                .as("by now the job may be another trainer's")
                .doesNotExist();
    }

    @Test
    void shouldSayThatTheDeviceIsOutOfMemoryWhereverItIs() {
        Optional<TrainingStatus> end = trainer(store, NO_START_MODELS, model -> publish(0))
                .run(job(1, NEW_WEIGHTS), new JobControl(), status -> {
                    if (status instanceof TrainingStatus.Running) {
                        throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB.");
                    }
                });

        assertThat(code(end)).isEqualTo("DEVICE_OUT_OF_MEMORY");
    }
}
