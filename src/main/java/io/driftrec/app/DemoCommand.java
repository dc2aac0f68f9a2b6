package io.driftrec.app;

import io.driftrec.batch.ProgressListener;
import io.driftrec.demo.DemoCase;
import io.driftrec.demo.DemoPictures;
import io.driftrec.demo.DemoReport;
import io.driftrec.demo.EmbeddedBroker;
import io.driftrec.kafka.ConsumerSettings;
import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.ProducerSettings;
import io.driftrec.kafka.ReceivedRecord;
import io.driftrec.kafka.RequestSender;
import io.driftrec.kafka.ResultWaiter;
import io.driftrec.kafka.TopicSetup;
import io.driftrec.message.Decoded;
import io.driftrec.message.MessageCodec;
import io.driftrec.message.OutgoingEvents;
import io.driftrec.message.OutputSpec;
import io.driftrec.message.RestorationCompleted;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.RestorationResult;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.StorageSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.io.file.PathUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code driftrec demo}: the main job in one process, from a JPEG in a message to a page that shows what came out. */
@Command(
        name = "demo",
        description =
                "Restores sample photographs through a real Kafka broker, a worker and a directory as object store, and writes a page "
                        + "that shows them before and after.")
final class DemoCommand implements Callable<Integer> {
    private static final URI EVENT_SOURCE = URI.create("urn:driftrec:demo");
    private static final Duration CLUSTER_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int PARTITIONS = 4;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "driftrec-demo",
            description = "Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("driftrec-demo");

    @Mixin
    private RestorerOptions restorer = new RestorerOptions("none");

    private final MessageCodec codec = new MessageCodec();

    @Override
    public Integer call() throws IOException {
        Instant start = Instant.now();
        Path directory = Files.createDirectories(out).toRealPath();
        DemoPictures pictures = new DemoPictures(directory);
        Map<String, DemoCase> cases = DemoCase.all().stream()
                .collect(Collectors.toMap(DemoCase::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
        for (DemoCase of : cases.values()) {
            pictures.damage(of);
        }
        Map<String, RestorationResult> results = restore(directory, pictures, cases);
        List<DemoReport.Entry> entries = entries(pictures, cases, results);
        Path page = directory.resolve("report.html");
        DemoReport.write(page, summary(results, start), entries);
        return conclude(directory, page, cases, results);
    }

    private Map<String, RestorationResult> restore(Path directory, DemoPictures pictures, Map<String, DemoCase> cases)
            throws IOException {
        Path brokerDirectory = Files.createTempDirectory("driftrec-demo-broker");
        System.err.println("starting a Kafka broker in this process, and a worker ...");
        Map<String, RestorationBar.Share> shares = new ConcurrentHashMap<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(brokerDirectory)) {
            KafkaConnection connection = KafkaConnection.to(broker.bootstrapServers());
            Topics topics = Topics.standard();
            new TopicSetup(connection).createMissing(topics.setup(PARTITIONS), CLUSTER_TIMEOUT);
            try (ResultWaiter waiter = ResultWaiter.open(
                            connection, List.of(topics.results()), CLUSTER_TIMEOUT, Clock.systemUTC());
                    Worker worker = worker(connection, topics, pictures, shares);
                    RestorationBar bar = new RestorationBar("restoring", cases.size())) {
                worker.restorer().closeLaneAtShutdown();
                cases.keySet().forEach(name -> shares.put(name, bar.image()));
                send(connection, topics, pictures, cases);
                Map<String, ReceivedRecord> records = waiter.await(cases.keySet(), PATIENCE, record -> key(record)
                        .map(shares::get)
                        .ifPresent(RestorationBar.Share::finish));
                worker.drain(Duration.ofSeconds(10));
                return results(directory.resolve("events.jsonl"), records);
            }
        } finally {
            PathUtils.deleteDirectory(brokerDirectory);
        }
    }

    private Worker worker(
            KafkaConnection connection,
            Topics topics,
            DemoPictures pictures,
            Map<String, RestorationBar.Share> shares) {
        StorageSettings storage = StorageSettings.allowing(
                List.of(prefix(pictures.damagedFolder())), List.of(prefix(pictures.restoredFolder())));
        Worker.Observers observers = Worker.Observers.none().withProgress(request -> listener(shares, request));
        return new Worker(
                "demo",
                restorer,
                new FollowOptions(),
                storage,
                ConsumerSettings.defaults(connection, "driftrec-demo", topics.requests()),
                topics,
                observers);
    }

    private static ProgressListener listener(Map<String, RestorationBar.Share> shares, RestorationRequest request) {
        RestorationBar.Share share = shares.get(request.requestId());
        return share == null ? (evaluations, expected) -> {} : share;
    }

    private static LocationPrefix prefix(Path folder) {
        return LocationPrefix.parse(folder.toUri().toString());
    }

    private void send(KafkaConnection connection, Topics topics, DemoPictures pictures, Map<String, DemoCase> cases) {
        OutgoingEvents events = new OutgoingEvents(codec, EVENT_SOURCE);
        try (RequestSender sender = RequestSender.open(ProducerSettings.defaults(connection), topics.requests())) {
            cases.forEach((name, of) -> sender.send(events.request(
                            new RestorationRequest(
                                    name,
                                    pictures.damaged(of).toUri(),
                                    pictures.restored(of).toUri(),
                                    Optional.empty(),
                                    of.sampler(),
                                    OutputSpec.DEFAULT,
                                    true,
                                    Optional.empty(),
                                    Map.of("title", of.title())),
                            Instant.now()))
                    .toCompletableFuture()
                    .join());
        }
    }

    private static Optional<String> key(ReceivedRecord record) {
        return record.key().map(key -> new String(key, StandardCharsets.UTF_8));
    }

    /** The results by request id; the events are written down as they were received, one a line. */
    private Map<String, RestorationResult> results(Path events, Map<String, ReceivedRecord> records)
            throws IOException {
        Map<String, RestorationResult> results = new LinkedHashMap<>();
        Files.deleteIfExists(events);
        for (Map.Entry<String, ReceivedRecord> entry : records.entrySet()) {
            byte[] body = entry.getValue().value().orElse(new byte[0]);
            Files.writeString(
                    events,
                    new String(body, StandardCharsets.UTF_8) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            if (codec.decodeResult(body) instanceof Decoded.Valid<RestorationResult> valid) {
                results.put(entry.getKey(), valid.value());
            }
        }
        return results;
    }

    private static List<DemoReport.Entry> entries(
            DemoPictures pictures, Map<String, DemoCase> cases, Map<String, RestorationResult> results)
            throws IOException {
        List<DemoReport.Entry> entries = new ArrayList<>();
        for (DemoCase of : cases.values()) {
            if (results.get(of.name()) instanceof RestorationCompleted completed) {
                entries.add(new DemoReport.Entry(
                        of.title(),
                        Sampling.describe(completed.sampler()),
                        pictures.damaged(of),
                        pictures.restored(of),
                        completed.evaluations(),
                        completed.timings().total().toMillis() / 1e3,
                        pictures.quality(of, pictures.damaged(of)),
                        pictures.quality(of, pictures.restored(of))));
            }
        }
        return entries;
    }

    private static String summary(Map<String, RestorationResult> results, Instant start) {
        String model = results.values().stream()
                .filter(RestorationCompleted.class::isInstance)
                .map(result -> ((RestorationCompleted) result).model().name())
                .findFirst()
                .orElse("no");
        return String.format(
                Locale.ROOT,
                "%d damaged images went through a Kafka broker, a restoration worker with the model %s, and an object store in %d s.",
                results.size(),
                model,
                Duration.between(start, Instant.now()).toSeconds());
    }

    private static int conclude(
            Path directory, Path page, Map<String, DemoCase> cases, Map<String, RestorationResult> results) {
        long restored = results.values().stream()
                .filter(RestorationCompleted.class::isInstance)
                .count();
        cases.keySet().stream()
                .filter(name -> !(results.get(name) instanceof RestorationCompleted))
                .forEach(name -> System.err.println("not restored: " + name + " " + results.get(name)));
        System.out.printf(
                """
                %d of %d images restored.
                  before and after: %s
                  pictures:         %s, %s
                  events:           %s
                Next: ./driftrec restore YOUR.jpg --out restored/   or   ./driftrec worker --help
                """,
                restored,
                cases.size(),
                page,
                directory.resolve("damaged"),
                directory.resolve("restored"),
                directory.resolve("events.jsonl"));
        return restored == cases.size() ? ExitCode.OK : ExitCode.SOME_FAILED;
    }
}
