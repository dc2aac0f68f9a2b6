package io.driftrec.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.demo.EmbeddedBroker;
import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.TopicSetup;
import io.driftrec.kafka.TopicSetup.Topic;
import io.driftrec.kafka.guarantees.TopicReader;
import io.driftrec.message.Decoded;
import io.driftrec.message.TrainingCodec;
import io.driftrec.message.TrainingStatus;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, a folder of small pictures, and folders for checkpoints and models: where trainers of a scenario work. */
final class TrainingSite implements AutoCloseable {
    static final String JOBS = "driftrec.training.jobs";
    static final String PROGRESS = "driftrec.training.progress";
    static final String DEAD_LETTERS = "driftrec.dead-letters";

    private static final int PICTURES = 12;
    private static final int SIDE = 48;

    private final Path directory;
    private final EmbeddedBroker broker;
    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicReader progress;
    private final TrainingCodec codec = new TrainingCodec();
    private final List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();

    TrainingSite(Path directory) throws IOException {
        this.directory = directory;
        for (String folder : List.of("pictures", "nothing", "jobs", "models")) {
            Files.createDirectory(directory.resolve(folder));
        }
        for (int i = 0; i < PICTURES; i++) {
            ImageIO.write(
                    picture(i),
                    "png",
                    directory.resolve("pictures/%02d.png".formatted(i)).toFile());
        }
        broker = EmbeddedBroker.start(directory.resolve("broker"));
        new TopicSetup(KafkaConnection.to(broker.bootstrapServers()))
                .createMissing(
                        List.of(
                                Topic.of(JOBS, 1),
                                Topic.of(PROGRESS, 1),
                                Topic.of(DEAD_LETTERS, 1),
                                Topic.of("driftrec.models", 1)),
                        Duration.ofMinutes(1));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        progress = new TopicReader(broker.bootstrapServers(), Set.of(PROGRESS));
    }

    /** Coloured gradients with an edge. */
    private static BufferedImage picture(int number) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int edge = x + number > 2 * y ? 80 : 0;
                picture.setRGB(
                        x, y, (4 * x + edge) % 256 << 16 | (3 * y + 20 * number) % 256 << 8 | (x + y + edge) % 256);
            }
        }
        return picture;
    }

    /** A job as a stranger would write it. */
    String job(String id, String model, String data, int steps) {
        return """
                {"jobId": "%s", "model": "%s", "dataset": {"source": "%s", "patch": 32, "resizedArea": 0.5},
                 "network": {"nf": 8, "channelMultipliers": [1, 1], "blocksPerLevel": 1},
                 "optimization": {"batch": 2, "learningRate": 0.001}, "budget": {"steps": %d}, "seed": 5}
                """
                .formatted(id, model, directory.resolve(data).toUri(), steps);
    }

    void send(String key, String body) throws Exception {
        producer.send(new ProducerRecord<>(JOBS, key.getBytes(UTF_8), body.getBytes(UTF_8)))
                .get();
    }

    WorkerProcess trainer(String name) throws IOException {
        return WorkerProcess.start(
                name,
                directory,
                List.of(
                        "trainer",
                        "--trainer-name=" + name,
                        "--bootstrap-servers=" + broker.bootstrapServers(),
                        "--kafka-property=session.timeout.ms=2000",
                        "--kafka-property=heartbeat.interval.ms=400",
                        "--allow-source=" + directory.toUri(),
                        "--checkpoints=" + directory.resolve("jobs"),
                        "--publish-to=" + directory.resolve("models"),
                        "--models=" + directory.resolve("models"),
                        "--model-cache=" + directory.resolve("cache"),
                        "--device=cpu",
                        "--threads=1",
                        "--data-threads=1",
                        "--checkpoint-minutes=0",
                        "--validate-every=10",
                        "--validation-patches=2",
                        "--progress-seconds=0",
                        "--http-port=0"),
                Map.of());
    }

    /** What was told of a job so far. */
    List<TrainingStatus> statuses(String jobId) {
        return events(jobId).stream()
                .map(event -> ((Decoded.Valid<TrainingStatus>) codec.decodeStatus(event.value())).value())
                .toList();
    }

    List<ConsumerRecord<byte[], byte[]>> events(String jobId) {
        events.addAll(progress.readToEnd());
        return events.stream()
                .filter(event -> new String(event.key(), UTF_8).equals(jobId))
                .toList();
    }

    /** The last step that was told of a job; 0 before. */
    long step(String jobId) {
        return statuses(jobId).stream()
                .filter(TrainingStatus.Running.class::isInstance)
                .mapToLong(status -> ((TrainingStatus.Running) status).step())
                .max()
                .orElse(0);
    }

    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        try (TopicReader reader = new TopicReader(broker.bootstrapServers(), Set.of(topic))) {
            return reader.readToEnd();
        }
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        progress.close();
        producer.close();
        broker.close();
    }
}
