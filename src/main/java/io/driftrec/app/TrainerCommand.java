package io.driftrec.app;

import io.driftrec.kafka.EventPublisher;
import io.driftrec.kafka.KafkaConnection;
import io.driftrec.network.TensorEngine;
import io.driftrec.registry.ModelPublication;
import io.driftrec.registry.ModelRegistry;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageSettings;
import io.driftrec.telemetry.Health;
import io.driftrec.telemetry.OperatorEndpoint;
import io.driftrec.telemetry.TrainerMetrics;
import io.driftrec.training.RunSettings;
import io.driftrec.training.TrainingJobs;
import java.io.IOException;
import java.net.URI;
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

/** {@code driftrec trainer}: consumes training jobs until it is told to stop or breaks. */
@Command(
        name = "trainer",
        description =
                "Consumes training jobs from Kafka, one at a time, and publishes the models. SIGTERM writes a checkpoint and leaves "
                        + "the job to another trainer.")
final class TrainerCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private TrainerTopicOptions topics = new TrainerTopicOptions();

    @Mixin
    private GroupOptions group = new GroupOptions("driftrec-trainers", 120);

    @Option(
            names = "--allow-source",
            paramLabel = "PREFIX",
            split = ",",
            description =
                    "Data sets may be read under this prefix, such as s3://photographs/; may be repeated. Nothing is allowed by default.")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR|PREFIX",
            required = true,
            description =
                    "Where the state of jobs is kept, such as s3://training/; all trainers of a group need the same one.")
    private String checkpoints = "";

    @Option(
            names = "--publish-to",
            paramLabel = "DIR|PREFIX",
            required = true,
            description = "Where models are published, such as s3://models/; the workers read it there.")
    private String target = "";

    @Mixin
    private ModelsOption models = new ModelsOption();

    @Mixin
    private ModelCacheOptions cache = new ModelCacheOptions();

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Mixin
    private TrainingRunOptions run = new TrainingRunOptions();

    @Option(
            names = "--progress-seconds",
            paramLabel = "N",
            description = "Time between progress events (default: ${DEFAULT-VALUE}).")
    private double progressSeconds = 10;

    @Option(
            names = "--trainer-name",
            paramLabel = "NAME",
            description = "In events, dead letters and logs (default: host name and process id).")
    private @Nullable String name;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "9401",
            description = "Of /metrics, /healthz and /readyz; 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logger log = LoggerFactory.getLogger(TrainerCommand.class);
        KafkaConnection connection = cluster.connection();
        group.createTopics(connection, topics::setup, log);
        String trainerName = ProcessName.of(name, "trainer");
        TrainerMetrics metrics = new TrainerMetrics(Clock.systemUTC());
        List<TensorEngine> engines = run.engines();
        RunSettings settings = run.settings(engines.get(0), Duration.ofMillis(Math.round(progressSeconds * 1000)));
        try (StopSignal signal = StopSignal.install();
                RoutingStore store = store();
                Trainer trainer = new Trainer(
                        trainerName,
                        group.consumer(connection, topics.jobs(), 1, 1),
                        topics.outgoing(),
                        announcements -> jobs(
                                new TrainingJobs.Place(
                                        trainerName, engines, settings, store, store, prefix(checkpoints)),
                                announcements,
                                store,
                                metrics),
                        metrics.loop(),
                        Clock.systemUTC());
                OperatorEndpoint endpoint = serve(metrics, trainer)) {
            metrics.info().build(BuildVersion.text(), engines.get(0).device());
            log.atInfo()
                    .addKeyValue("trainer", trainerName)
                    .addKeyValue("group", group.groupId())
                    .addKeyValue("device", engines.get(0).description())
                    .addKeyValue("httpPort", endpoint.port())
                    .log("trainer started");
            trainer.ended().whenComplete((health, failure) -> signal.ask());
            signal.await();
            return end(trainer, log);
        }
    }

    private TrainingJobs jobs(
            TrainingJobs.Place place, EventPublisher announcements, ObjectStore store, TrainerMetrics metrics) {
        ModelRegistry registry = cache.registry(store);
        URI publishTo = prefix(target);
        ModelPublication publication =
                new ModelPublication(store, publishTo, announcements::publish, Clock.systemUTC());
        return new TrainingJobs(
                place,
                new JobModels(models.source(), registry),
                new JobPublication(publication, registry, publishTo),
                metrics.training(),
                Clock.systemUTC());
    }

    private RoutingStore store() {
        LocationPrefix states = new ModelSource(checkpoints).prefix();
        LocationPrefix published = new ModelSource(target).prefix();
        try {
            List<LocationPrefix> readable =
                    new ArrayList<>(sources.stream().map(LocationPrefix::parse).toList());
            readable.addAll(List.of(states, published, models.source().prefix()));
            StorageSettings settings = stores.settings(readable, List.of(states, published));
            return RoutingStore.open(settings);
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static URI prefix(String text) {
        return URI.create(new ModelSource(text).prefix().toString());
    }

    private int end(Trainer trainer, Logger log) {
        Optional<String> problem = trainer.problem();
        if (problem.isPresent()) {
            log.error("trainer broken: {}", problem.get());
            return ExitCode.BROKEN;
        }
        log.info("stopping, at most {} s", group.drainTimeout().toSeconds());
        boolean isComplete = trainer.drain(group.drainTimeout());
        log.info(
                isComplete ? "stopped" : "the job did not stop in time; it goes on from its last checkpoint elsewhere");
        return ExitCode.OK;
    }

    private OperatorEndpoint serve(TrainerMetrics metrics, Trainer trainer) {
        Health liveness = new Health(Map.of("trainer", trainer::problem));
        Health readiness = new Health(Map.of(
                "trainer",
                trainer::problem,
                "consumer",
                () -> trainer.loopHealth().isReady()
                        ? Optional.empty()
                        : Optional.of(trainer.loopHealth().phase() + " "
                                + trainer.loopHealth().detail())));
        try {
            return OperatorEndpoint.start(httpPort, metrics, liveness, readiness);
        } catch (IOException | IllegalArgumentException refused) {
            throw new CannotStart("--http-port " + httpPort + ": " + refused.getMessage(), refused);
        }
    }
}
