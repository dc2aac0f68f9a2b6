package io.driftrec.app;

import io.driftrec.kafka.ConsumerSettings;
import io.driftrec.kafka.GroupProtocol;
import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.TopicSetup;
import io.driftrec.telemetry.OperatorEndpoint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code driftrec worker}: consumes requests until it is told to stop or breaks. */
@Command(
        name = "worker",
        description = "Consumes restoration requests from Kafka until it is stopped (SIGTERM drains).")
final class WorkerCommand implements Callable<Integer> {
    private static final Duration CLUSTER_TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_OPEN_OFFSETS = 1000;
    private static final int MAX_POLL_RECORDS = 8;
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private StorageOptions storage = new StorageOptions();

    @Mixin
    private RestorerOptions restorer = new RestorerOptions();

    @Mixin
    private FollowOptions follow = new FollowOptions();

    @Option(
            names = "--group-id",
            paramLabel = "ID",
            defaultValue = "driftrec-workers",
            description = "Workers of one group share the work (default: ${DEFAULT-VALUE}).")
    private String groupId = "driftrec-workers";

    @Option(
            names = "--group-protocol",
            paramLabel = "NAME",
            defaultValue = "classic",
            description = "classic (cooperative) or consumer (KIP-848); default: ${DEFAULT-VALUE}.")
    private GroupProtocol groupProtocol = GroupProtocol.CLASSIC;

    @Option(
            names = "--worker-name",
            paramLabel = "NAME",
            description = "In results, dead letters and logs (default: host name and process id).")
    private @Nullable String name;

    @Option(
            names = "--drain-timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description =
                    "On SIGTERM, how long what is in flight may take; the rest goes to other workers (default: ${DEFAULT-VALUE}).")
    private int drainTimeoutSeconds;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "9400",
            description = "Of /metrics, /healthz and /readyz; 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(
            names = "--create-topics",
            paramLabel = "PARTITIONS",
            description =
                    "Create the topics that are missing, with so many partitions; that of models with one, compacted.")
    private @Nullable Integer createTopics;

    @Option(
            names = "--progress-topic",
            paramLabel = "TOPIC",
            description =
                    "Report how far each image is, at most once a second, on this topic, such as driftrec.progress (default: off).")
    private @Nullable String progressTopic;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logger log = LoggerFactory.getLogger(WorkerCommand.class);
        KafkaConnection connection = kafka.connection();
        createTopics(connection, log);
        WorkerTelemetry telemetry = new WorkerTelemetry();
        try (StopSignal stop = StopSignal.install();
                ProgressReporter progress = progress(connection);
                Worker worker = new Worker(
                        name(),
                        restorer,
                        follow,
                        storage.settings(),
                        consumer(connection),
                        kafka.topics(),
                        telemetry.observers(
                                progress == null ? request -> (evaluations, expected) -> {} : progress::listener));
                OperatorEndpoint endpoint = telemetry.serve(httpPort, worker)) {
            log.atInfo()
                    .addKeyValue("worker", name())
                    .addKeyValue("group", groupId)
                    .addKeyValue("device", worker.restorer().engine().description())
                    .addKeyValue("httpPort", endpoint.port())
                    .log("worker started");
            worker.ended().whenComplete((nothing, failure) -> stop.ask());
            stop.await();
            return end(worker, log);
        }
    }

    private @Nullable ProgressReporter progress(KafkaConnection connection) {
        return progressTopic == null
                ? null
                : new ProgressReporter(connection, progressTopic, name(), Clock.systemUTC());
    }

    private int end(Worker worker, Logger log) {
        Optional<String> problem = worker.problem();
        if (problem.isPresent()) {
            log.error("worker broken: {}", problem.get());
            return ExitCode.BROKEN;
        }
        log.info("draining, at most {} s", drainTimeoutSeconds);
        boolean isComplete = worker.drain(Duration.ofSeconds(drainTimeoutSeconds));
        log.info(isComplete ? "drained" : "not all in flight ended in time; the rest goes to other workers");
        return ExitCode.OK;
    }

    private ConsumerSettings consumer(KafkaConnection connection) {
        try {
            return new ConsumerSettings(
                    connection,
                    groupId,
                    groupProtocol,
                    List.of(kafka.topics().requests()),
                    MAX_OPEN_OFFSETS,
                    MAX_OPEN_OFFSETS,
                    MAX_POLL_RECORDS,
                    COMMIT_INTERVAL,
                    Duration.ofSeconds(drainTimeoutSeconds),
                    Map.of());
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private void createTopics(KafkaConnection connection, Logger log) {
        if (createTopics == null) {
            return;
        }
        try {
            List<TopicSetup.Topic> topics = new ArrayList<>(kafka.topics().setup(createTopics));
            topics.add(Topics.models(follow.topic()));
            new TopicSetup(connection)
                    .createMissing(topics, CLUSTER_TIMEOUT)
                    .forEach(topic -> log.info("topic {} created", topic));
        } catch (RuntimeException refused) {
            throw new CannotStart("--create-topics: " + refused.getMessage(), refused);
        }
    }

    private String name() {
        return ProcessName.of(name, "worker");
    }
}
