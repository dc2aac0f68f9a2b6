package io.driftrec.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftrec.demo.EmbeddedBroker;
import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.ProducerSettings;
import io.driftrec.kafka.RequestSender;
import io.driftrec.kafka.TopicSetup;
import io.driftrec.kafka.TopicSetup.Topic;
import io.driftrec.message.FailureCode;
import io.driftrec.message.OutgoingEvent;
import io.driftrec.message.OutputSpec;
import io.driftrec.message.RestorationCompleted;
import io.driftrec.message.RestorationFailed;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.RestorationResult;
import io.driftrec.message.SamplerSpec;
import io.driftrec.network.TinyModel;
import io.driftrec.restore.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker, a real broker, and models that are published with {@code driftrec models publish} while it runs. */
@Timeout(300)
class FollowScenarioTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int MANY_STEPS = 500;

    @TempDir
    private Path directory;

    private EmbeddedBroker broker;
    private KafkaConnection connection;
    private FollowedWorker worker;
    private Path images;
    private int requests;

    @BeforeEach
    void open() throws IOException {
        broker = EmbeddedBroker.start(directory.resolve("broker"));
        connection = KafkaConnection.to(broker.bootstrapServers());
        List<Topic> topics = new ArrayList<>(Topics.standard().setup(1));
        topics.add(Topics.models(Topics.MODELS));
        new TopicSetup(connection).createMissing(topics, LONG);
        images = Files.createDirectory(directory.resolve("images"));
        Files.write(images.resolve("a.png"), Images.png(64, 64));
    }

    @AfterEach
    void close() {
        if (worker != null) {
            worker.close();
        }
        broker.close();
    }

    private Path model(long seed) throws IOException {
        return TinyModel.write(directory.resolve("models-" + seed), "tiny", seed);
    }

    private String digest(long seed) throws IOException {
        return TinyModel.digest(model(seed));
    }

    private void start(long seed, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--models=" + model(seed).getParent(),
                "--default-model=tiny",
                "--device=cpu",
                "--threads=1",
                "--precision=fp32",
                "--follow-models",
                "--allow-model=" + published().toUri(),
                "--model-cache=" + directory.resolve("cache")));
        arguments.addAll(List.of(more));
        worker = new FollowedWorker(connection, images, arguments.toArray(String[]::new));
    }

    private Path published() {
        return directory.resolve("published");
    }

    private CommandRun publish(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "models",
                "publish",
                "tiny",
                "--to=" + published(),
                "-b",
                broker.bootstrapServers(),
                "--model-cache=" + directory.resolve("cache")));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private void publish(long seed) throws IOException {
        CommandRun run = publish("--models=" + model(seed).getParent());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("tiny\t" + digest(seed) + "\tfile:///");
    }

    private String send(int steps, Optional<String> digest) {
        String id = "request-" + requests++;
        SamplerSpec sampler = new SamplerSpec(
                Optional.of("euler-maruyama"),
                Optional.empty(),
                OptionalInt.of(steps),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalInt.empty());
        worker.send(new RestorationRequest(
                id,
                images.resolve("a.png").toUri(),
                images.resolve(id + ".png").toUri(),
                Optional.empty(),
                digest,
                sampler,
                OutputSpec.DEFAULT,
                true,
                Optional.empty(),
                Map.of()));
        return id;
    }

    private String digestOf(RestorationResult result) {
        assertThat(result).isInstanceOf(RestorationCompleted.class);
        return ((RestorationCompleted) result).model().weightsSha256();
    }

    private void awaitVersion(long seed) throws IOException {
        String digest = digest(seed);
        await().atMost(LONG).until(() -> worker.serves("tiny", digest));
    }

    @Test
    void shouldFinishWhatIsInFlightOnTheOldVersionAndGiveTheNextRequestTheNewOne() throws Exception {
        start(1, "--keep-versions=0");
        String inFlight = send(MANY_STEPS, Optional.empty());
        await().atMost(LONG).until(() -> worker.evaluations.get() > 0);

        publish(2);
        awaitVersion(2);
        assertThat(worker.evaluations).as("the first is still in flight").hasValueLessThan(MANY_STEPS);
        String next = send(3, Optional.empty());

        assertThat(digestOf(worker.result(next))).isEqualTo(digest(2));
        assertThat(worker.states).doesNotContain(digest(1).substring(0, 8) + " RELEASED");
        assertThat(digestOf(worker.result(inFlight))).isEqualTo(digest(1));
        await().atMost(LONG).until(() -> worker.states.contains(digest(1).substring(0, 8) + " RELEASED"));
        assertThat(worker.updates).containsExactly("accepted");
    }

    @Test
    void shouldServePinnedVersionsAsLongAsTheyAreKeptAndGoBackWhenAnOldOneIsPublishedAgain() throws Exception {
        start(1);
        publish(2);
        awaitVersion(2);

        String old = send(2, Optional.of(digest(1)));
        assertThat(digestOf(worker.result(old))).isEqualTo(digest(1));
        publish(3);
        awaitVersion(3);
        String[] digests = {digest(1), digest(2), digest(3)};
        String gone = send(2, Optional.of(digest(1)));
        assertThat(worker.result(gone)).isInstanceOfSatisfying(RestorationFailed.class, failed -> {
            assertThat(failed.code()).isEqualTo(FailureCode.UNKNOWN_MODEL);
            assertThat(failed.message()).contains(digests);
        });

        CommandRun back = publish("--digest=" + digest(2));
        assertThat(back.exitCode()).as(back.err()).isZero();
        awaitVersion(2);
        assertThat(digestOf(worker.result(send(2, Optional.empty())))).isEqualTo(digest(2));
        assertThat(worker.updates).containsExactly("accepted", "accepted", "accepted");
    }

    @Test
    void shouldRefuseBrokenModelsAndGoOnWithTheOldOne() throws Exception {
        start(1);
        Path diverged = TinyModel.writeDiverged(directory.resolve("diverged"), "tiny", 2);
        assertThat(publish("--models=" + diverged.getParent()).exitCode()).isZero();
        await().atMost(LONG).until(() -> worker.updates.equals(List.of("refused INVALID")));

        Path foreign = directory.resolve("elsewhere");
        assertThat(announceElsewhere(foreign).exitCode()).isZero();
        await().atMost(LONG).until(() -> worker.updates.equals(List.of("refused INVALID", "refused FORBIDDEN")));

        assertThat(worker.serves("tiny", digest(1))).isTrue();
        assertThat(digestOf(worker.result(send(2, Optional.empty())))).isEqualTo(digest(1));
    }

    private CommandRun announceElsewhere(Path target) throws IOException {
        return CommandRun.of(
                "models",
                "publish",
                "tiny",
                "--models=" + model(3).getParent(),
                "--to=" + target,
                "--bootstrap-servers=" + broker.bootstrapServers());
    }

    @Test
    void shouldBeginWithTheVersionInForceWhateverElseIsOnTheTopic() throws Exception {
        publish(2);
        publish(3);
        start(1);
        assertThat(worker.serves("tiny", digest(3))).isTrue();
        assertThat(worker.updates).containsExactly("accepted");
        worker.close();

        try (RequestSender sender = RequestSender.open(ProducerSettings.defaults(connection), Topics.MODELS)) {
            sender.send(new OutgoingEvent("tiny", "{}".getBytes(UTF_8), Map.of()))
                    .toCompletableFuture()
                    .join();
        }
        start(1);
        assertThat(worker.updates).containsExactly("refused UNREADABLE", "accepted");
    }
}
