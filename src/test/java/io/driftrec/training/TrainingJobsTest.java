package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftrec.image.ImageEncoder;
import io.driftrec.image.ImageFormat;
import io.driftrec.message.TrainingJob;
import io.driftrec.message.TrainingStatus;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.ModelCard;
import io.driftrec.network.ModelRepository;
import io.driftrec.network.Precision;
import io.driftrec.network.RegressionConversion;
import io.driftrec.network.Safetensors;
import io.driftrec.network.TensorEngine;
import io.driftrec.storage.S3Fixture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs with a tiny network; photographs and checkpoints are in an S3 bucket. */
class TrainingJobsTest {
    private static final TensorEngine CPU = TensorEngine.start("cpu", 1);
    private static final String DIGEST = "ab".repeat(32);
    private static final String NETWORK =
            "\"network\": {\"nf\": 8, \"channelMultipliers\": [1, 1], \"blocksPerLevel\": 1}, ";

    /** The cards that were published, and the weights of the last. */
    private static final class Shelf implements ModelPublisher {
        final List<ModelCard> cards = new ArrayList<>();
        Safetensors weights = new Safetensors(Map.of());

        @Override
        public Published publish(Path modelDirectory) throws IOException {
            ModelRepository repository = new ModelRepository(modelDirectory.getParent());
            String name = modelDirectory.getFileName().toString();
            cards.add(repository.card(name));
            weights = repository.weights(name);
            return new Published(repository.digest(name), URI.create("s3://models/"));
        }
    }

    @RegisterExtension
    static final S3Fixture S3 = new S3Fixture();

    private final Shelf shelf = new Shelf();
    private URI bucket;

    @BeforeEach
    void writePhotographs() throws Exception {
        bucket = S3.newBucket();
        for (int i = 0; i < 8; i++) {
            S3.store()
                    .write(
                            bucket.resolve("photographs/%d.png".formatted(i)),
                            ImageEncoder.encode(Photographs.picture(48, i), ImageFormat.PNG, 100),
                            "image/png");
        }
        shelf.cards.clear();
    }

    private TrainingJob job(int steps, String more) {
        return TinyTraining.job(
                """
                "dataset": {"source": "%s", "patch": 32}, "optimization": {"batch": 1}, %s "budget": {"steps": %d}
                """
                        .formatted(bucket.resolve("photographs/"), more, steps));
    }

    private TrainingJobs trainer(String name, StartModels startModels) {
        return trainer(name, startModels, bucket.resolve("jobs/"));
    }

    private TrainingJobs trainer(String name, StartModels startModels, URI states) {
        RunSettings settings = new RunSettings(
                Precision.FP32, Duration.ZERO, 1, 1, Duration.ZERO, 1, 1 << 20, TinyTraining.THREE_TRIES);
        TrainingJobs.Place place = new TrainingJobs.Place(name, List.of(CPU), settings, S3.store(), S3.store(), states);
        return new TrainingJobs(place, startModels, shelf, TrainingMetrics.NONE, Clock.systemUTC());
    }

    private TrainingJobs trainer() {
        return trainer("trainer", wanted -> {
            throw new InvalidModelException("no model " + wanted.name());
        });
    }

    @Test
    void shouldPublishOnTheWayAndAtTheEnd() {
        TrainingJob job = job(5, NETWORK + "\"publish\": {\"everySteps\": 2},");

        Optional<TrainingStatus> end = trainer().run(job, new JobControl(), status -> {});

        assertThat(end).hasValueSatisfying(status -> assertThat(status).isInstanceOf(TrainingStatus.Completed.class));
        assertThat(shelf.cards)
                .extracting(card -> card.training().get("steps").split(" ")[0])
                .containsExactly("2", "4", "5");
    }

    @Test
    void shouldPublishNothingWhereAJobWantsNothingPublished() {
        TrainingJob job = job(1, NETWORK + "\"publish\": {\"atEnd\": false},");

        Optional<TrainingStatus> end = trainer().run(job, new JobControl(), status -> {});

        assertThat(end).hasValueSatisfying(status -> assertThat(status).isInstanceOf(TrainingStatus.Completed.class));
        assertThat(shelf.cards).isEmpty();
    }

    @Test
    void shouldBeginWithTheVersionThatTheJobNames() {
        trainer().run(job(1, NETWORK), new JobControl(), status -> {});
        StartModels.Found first = new StartModels.Found(shelf.cards.get(0), DIGEST, shelf.weights);
        List<TrainingJob.StartModel> asked = new ArrayList<>();
        TrainingJobs second = trainer(
                "second",
                wanted -> {
                    asked.add(wanted);
                    return first;
                },
                bucket.resolve("other-jobs/"));
        String startModel = "\"startModel\": {\"name\": \"m\", \"digest\": \"%s\"},".formatted(DIGEST);

        second.run(job(1, startModel), new JobControl(), status -> {});

        assertThat(asked).containsExactly(new TrainingJob.StartModel("m", Optional.of(DIGEST)));
        assertThat(shelf.cards.get(1).training()).containsEntry("start", "the model m, " + DIGEST);
        assertThat(shelf.cards.get(1).architecture())
                .isEqualTo(shelf.cards.get(0).architecture());
    }

    @Test
    void shouldBeginARegressionWithWhatARestorationModelMakesOfTheImage() {
        trainer().run(job(1, NETWORK), new JobControl(), status -> {});
        StartModels.Found first = new StartModels.Found(shelf.cards.get(0), DIGEST, shelf.weights);
        String regression = "\"startModel\": {\"name\": \"m\"}, \"process\": {\"kind\": \"regression\"},";

        Optional<TrainingStatus> end = trainer("second", wanted -> first, bucket.resolve("other-jobs/"))
                .run(job(1, regression), new JobControl(), status -> {});

        assertThat(end).hasValueSatisfying(status -> assertThat(status).isInstanceOf(TrainingStatus.Completed.class));
        assertThat(shelf.cards.get(1).architecture())
                .isEqualTo(RegressionConversion.architecture(first.card().architecture()));
    }

    @Test
    void shouldNotTrainWeightsToAnotherOutputThanTheyHave() {
        trainer().run(job(1, NETWORK), new JobControl(), status -> {});
        StartModels.Found residual = new StartModels.Found(shelf.cards.get(0), DIGEST, shelf.weights);
        String score = "\"startModel\": {\"name\": \"m\"}, \"output\": {\"kind\": \"score\"},";

        Optional<TrainingStatus> end = trainer("second", wanted -> residual, bucket.resolve("other-jobs/"))
                .run(job(1, score), new JobControl(), status -> {});

        assertThat(end).hasValueSatisfying(status -> assertThat(status)
                .isInstanceOfSatisfying(TrainingStatus.Failed.class, failed -> {
                    assertThat(failed.code()).isEqualTo("START_MODEL_UNUSABLE");
                    assertThat(failed.message()).contains("the output of m is Residual");
                }));
    }

    @Test
    void shouldRefuseAnOutputThatDoesNotExistAlsoWhereThereIsAModelToStartFrom() {
        trainer().run(job(1, NETWORK), new JobControl(), status -> {});
        StartModels.Found first = new StartModels.Found(shelf.cards.get(0), DIGEST, shelf.weights);
        String odd = "\"startModel\": {\"name\": \"m\"}, \"output\": {\"kind\": \"odd\"},";

        Optional<TrainingStatus> end = trainer("second", wanted -> first, bucket.resolve("other-jobs/"))
                .run(job(1, odd), new JobControl(), status -> {});

        assertThat(end).hasValueSatisfying(status -> assertThat(status)
                .isInstanceOfSatisfying(TrainingStatus.Failed.class, failed -> assertThat(failed.code())
                        .isEqualTo("INVALID_JOB")));
    }

    @Test
    void shouldFailAJobWhoseStartModelCannotBeHad() {
        Optional<TrainingStatus> end =
                trainer().run(job(1, "\"startModel\": {\"name\": \"nobody\"},"), new JobControl(), status -> {});

        assertThat(end).hasValueSatisfying(status -> assertThat(status)
                .isInstanceOfSatisfying(TrainingStatus.Failed.class, failed -> {
                    assertThat(failed.code()).isEqualTo("START_MODEL_UNUSABLE");
                    assertThat(failed.message()).contains("nobody");
                }));
    }

    @Test
    void shouldLeaveTheJobToTheLastOfTwoTrainersThatHaveItAtOnce() throws Exception {
        JobControl taken = new JobControl();
        List<TrainingStatus> told = new CopyOnWriteArrayList<>();
        CompletableFuture<Optional<TrainingStatus>> first = CompletableFuture.supplyAsync(
                () -> trainer("first", wanted -> null).run(job(1_000_000, NETWORK), taken, told::add));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> told.stream().anyMatch(TrainingStatus.Running.class::isInstance));

        Optional<TrainingStatus> last =
                trainer("second", wanted -> null).run(job(50, NETWORK), new JobControl(), status -> {});

        assertThat(last).hasValueSatisfying(status -> assertThat(status).isInstanceOf(TrainingStatus.Completed.class));
        assertThat(first.get(1, TimeUnit.MINUTES))
                .as("no end of a job that is another's")
                .isEmpty();
        assertThat(taken.request()).isEqualTo(StopRequest.PAUSE);
        assertThat(taken.isLost()).isTrue();
    }
}
