package io.driftrec.app;

import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.TopicSetup.Topic;
import io.driftrec.telemetry.OperatorEndpoint;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private static final int MAX_IN_FLIGHT = 1000;
    private static final int MAX_POLL_RECORDS = 8;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private GroupOptions group = new GroupOptions("driftrec-workers", 60);

    @Mixin
    private StorageOptions storage = new StorageOptions();

    @Mixin
    private RestorerOptions restorer = new RestorerOptions();

    @Mixin
    private FollowOptions follow = new FollowOptions();

    @Option(
            names = "--worker-name",
            paramLabel = "NAME",
            description = "In results, dead letters and logs (default: host name and process id).")
    private @Nullable String name;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "9400",
            description = "Of /metrics, /healthz and /readyz; 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(
            names = "--device-timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description =
                    "Health is red while the device has not answered for longer, a network call or a model's load (default: ${DEFAULT-VALUE}).")
    private int deviceTimeoutSeconds;

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
        group.createTopics(connection, this::topics, log);
        WorkerTelemetry telemetry = new WorkerTelemetry();
        try (StopSignal stop = StopSignal.install();
                ProgressReporter progress = progress(connection);
                Worker worker = new Worker(
                        name(),
                        restorer,
                        follow,
                        storage.settings(),
                        group.consumer(connection, kafka.topics().requests(), MAX_IN_FLIGHT, MAX_POLL_RECORDS),
                        kafka.topics(),
                        telemetry.observers(
                                progress == null ? request -> (evaluations, expected) -> {} : progress::listener));
                OperatorEndpoint endpoint =
                        telemetry.serve(httpPort, worker, Duration.ofSeconds(deviceTimeoutSeconds))) {
            log.atInfo()
                    .addKeyValue("worker", name())
                    .addKeyValue("group", group.groupId())
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
        log.info("draining, at most {} s", group.drainTimeout().toSeconds());
        boolean isComplete = worker.drain(group.drainTimeout());
        log.info(isComplete ? "drained" : "not all in flight ended in time; the rest goes to other workers");
        return ExitCode.OK;
    }

    private List<Topic> topics(int partitions) {
        List<Topic> topics = new ArrayList<>(kafka.topics().setup(partitions));
        topics.add(Topics.models(follow.topic()));
        return topics;
    }

    private String name() {
        return ProcessName.of(name, "worker");
    }
}
