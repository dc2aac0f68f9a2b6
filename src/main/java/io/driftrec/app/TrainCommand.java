package io.driftrec.app;

import io.driftrec.network.InvalidModelException;
import io.driftrec.network.ModelCard;
import io.driftrec.network.ModelRepository;
import io.driftrec.network.NcsnppArchitecture;
import io.driftrec.network.Safetensors;
import io.driftrec.network.TensorEngine;
import io.driftrec.network.TensorType;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageSettings;
import io.driftrec.training.Checkpoints;
import io.driftrec.training.LossPlot;
import io.driftrec.training.RunSettings;
import io.driftrec.training.StopRequest;
import io.driftrec.training.TrainedModel;
import io.driftrec.training.TrainingFailedException;
import io.driftrec.training.TrainingOutcome;
import io.driftrec.training.TrainingPlan;
import io.driftrec.training.TrainingRun;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code driftrec train}: trains a model from a folder of photographs, without Kafka. */
@Command(
        name = "train",
        description =
                "Trains a model from photographs, without Kafka. Run again, it goes on from the last checkpoint in --out.")
final class TrainCommand implements Callable<Integer> {
    private static final Duration BAR_INTERVAL = Duration.ofSeconds(2);
    private static final String CHECKPOINT = "checkpoint.safetensors";

    @Parameters(
            paramLabel = "DATA",
            description = "A folder of photographs, or a manifest of them (.csv with a column 'file', or .txt).")
    private Path data = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "For checkpoint.safetensors, split.csv, loss.html and the model.")
    private @Nullable Path out;

    @Option(
            names = "--benchmark",
            fallbackValue = "true",
            description =
                    "Only measure: train in a temporary folder, print samples a second, the share of time that the device waited "
                            + "for data and the peak memory, and keep nothing.")
    private boolean isBenchmark;

    @Option(
            names = "--start",
            paramLabel = "MODEL",
            description =
                    "Begin with the weights and the architecture of this model of --models (default: new weights).")
    private @Nullable String start;

    @Option(names = "--description", paramLabel = "TEXT", description = "For the model card.")
    private String description = "Trained with driftrec.";

    @Option(names = "--licence", paramLabel = "TEXT", description = "Terms of the weights, for the model card.")
    private String licence = "not stated";

    @Option(names = "--images", paramLabel = "TEXT", description = "What the photographs are, for the model card.")
    private @Nullable String images;

    @Option(
            names = "--storage",
            paramLabel = "TYPE",
            description = "Type of the weights file: F32, F16 or BF16 (default: ${DEFAULT-VALUE}).")
    private TensorType storage = TensorType.F32;

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Mixin
    private TrainingRunOptions run = new TrainingRunOptions();

    @Mixin
    private ModelsOption models = new ModelsOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (isBenchmark) {
            Path temporary = Files.createTempDirectory("driftrec-benchmark");
            try {
                return train(temporary);
            } finally {
                TemporaryFolder.delete(temporary);
            }
        }
        if (out == null) {
            throw new CannotStart(
                    "--out is missing: a folder for checkpoint and model (or --benchmark, to keep nothing)");
        }
        return train(Files.createDirectories(out));
    }

    private int train(Path folder) throws IOException, InterruptedException {
        try (RoutingStore store = store(folder)) {
            List<TensorEngine> engines = run.engines();
            Start from = start();
            TrainingPlan plan = training.plan(location(data), from.architecture(), engines.size());
            RunSettings settings = run.settings(engines.get(0), BAR_INTERVAL);
            Checkpoints checkpoints = new Checkpoints(store, location(folder.resolve(CHECKPOINT)));
            TrainingRun trainingRun = new TrainingRun(plan, settings, engines, store, checkpoints);
            TrainingOutcome outcome;
            try (TrainingBar bar = new TrainingBar(plan.model(), folder.resolve("split.csv"))) {
                outcome = interruptible(stop -> trainingRun.run(from.weights(), bar, stop::get));
            }
            TrainingBar.print(outcome.progress());
            if (!isBenchmark) {
                keep(folder, plan, outcome, words(from, engines));
            }
            return ExitCode.OK;
        } catch (TrainingFailedException failed) {
            System.err.println("driftrec: " + failed.failure() + ": " + failed.getMessage());
            return ExitCode.BROKEN;
        }
    }

    private void keep(Path folder, TrainingPlan plan, TrainingOutcome outcome, TrainedModel.Words words)
            throws IOException {
        Path page = folder.resolve("loss.html");
        Files.writeString(page, LossPlot.html(plan.model(), TrainingBar.line(outcome.progress()), outcome.curve()));
        if (outcome.end() == StopRequest.NONE) {
            Path model = add(folder, TrainedModel.of(plan, outcome, words, storage));
            System.out.printf("model in %s, loss curve in %s%n", model, page);
        } else {
            System.out.printf(
                    "stopped at step %d; run again to go on%n",
                    outcome.progress().step());
        }
    }

    private interface Training {
        TrainingOutcome run(AtomicReference<StopRequest> stop) throws InterruptedException;
    }

    /** Lets a signal to end the process wait for the checkpoint. */
    private static TrainingOutcome interruptible(Training training) throws InterruptedException {
        AtomicReference<StopRequest> stop = new AtomicReference<>(StopRequest.NONE);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            stop.set(StopRequest.PAUSE);
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return training.run(stop);
        } finally {
            ended.countDown();
            if (stop.get() == StopRequest.NONE) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
    }

    private record Start(Optional<NcsnppArchitecture> architecture, Optional<Safetensors> weights, String words) {}

    private Start start() throws IOException {
        if (start == null) {
            return new Start(Optional.empty(), Optional.empty(), "new weights");
        }
        try {
            ModelRepository repository = new ModelRepository(models.folder());
            ModelCard card = repository.card(start);
            return new Start(
                    Optional.of(card.architecture()), Optional.of(repository.weights(start)), "the model " + start);
        } catch (InvalidModelException e) {
            throw new CannotStart("--start: " + e.getMessage(), e);
        }
    }

    private TrainedModel.Words words(Start from, List<TensorEngine> engines) {
        return new TrainedModel.Words(
                description,
                licence,
                images == null ? data.toString() : images,
                from.words(),
                engines.get(0).description() + (engines.size() > 1 ? ", %d devices".formatted(engines.size()) : ""));
    }

    /** Adds the model to the repository {@code models} in the folder; an earlier one of the same training gives way. */
    private static Path add(Path folder, TrainedModel model) throws IOException {
        Path models = folder.resolve("models");
        String name = model.card().name();
        ModelRepository repository = new ModelRepository(models);
        if (Files.isDirectory(models) && repository.names().contains(name)) {
            repository.remove(name);
        }
        repository.add(model.card(), model.weights());
        return models.resolve(name);
    }

    private RoutingStore store(Path folder) {
        if (!Files.exists(data)) {
            throw new CannotStart(data + ": no such folder or manifest");
        }
        Path readable = Files.isDirectory(data) ? data : data.toAbsolutePath().getParent();
        return RoutingStore.open(
                StorageSettings.allowing(List.of(prefix(readable), prefix(folder)), List.of(prefix(folder))));
    }

    private static LocationPrefix prefix(@Nullable Path folder) {
        return LocationPrefix.parse(
                location(folder == null ? Path.of("") : folder).toString());
    }

    private static URI location(Path path) {
        return path.toAbsolutePath().normalize().toUri();
    }
}
