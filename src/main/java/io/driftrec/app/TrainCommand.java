package io.driftrec.app;

import io.driftrec.message.Decoded;
import io.driftrec.message.TrainingCodec;
import io.driftrec.message.TrainingCommand;
import io.driftrec.message.TrainingJob;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.ModelRepository;
import io.driftrec.network.TensorEngine;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageException;
import io.driftrec.training.Checkpoints;
import io.driftrec.training.LossPlot;
import io.driftrec.training.RunSettings;
import io.driftrec.training.StartModels;
import io.driftrec.training.StopRequest;
import io.driftrec.training.TrainedModel;
import io.driftrec.training.TrainingFailedException;
import io.driftrec.training.TrainingOutcome;
import io.driftrec.training.TrainingPlan;
import io.driftrec.training.TrainingPlans;
import io.driftrec.training.TrainingRun;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code driftrec train}: trains a model from a folder of photographs, without Kafka. */
@Command(
        name = "train",
        description =
                "Trains a model from photographs, without Kafka. Run again, it goes on from the last checkpoint in --out.")
final class TrainCommand implements Callable<Integer> {
    private static final Duration BAR_INTERVAL = Duration.ofSeconds(2);
    private static final String CHECKPOINT = "checkpoint.safetensors";

    @Parameters(
            arity = "0..1",
            paramLabel = "DATA",
            description =
                    "A folder or a prefix such as s3://photos/ of photographs, or a manifest of them (.csv with a column 'file', or .txt).")
    private @Nullable String data;

    @Option(
            names = "--job",
            paramLabel = "FILE",
            description =
                    "Train what this job says, which is JSON as the trainer takes it, instead of DATA and the options of a job. "
                            + "What it says of publishing is left out.")
    private @Nullable Path job;

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

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Mixin
    private TrainingRunOptions run = new TrainingRunOptions();

    @Mixin
    private ModelsOption models = new ModelsOption();

    @Mixin
    private ModelCacheOptions cache = new ModelCacheOptions();

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (isBenchmark) {
            Path temporary = Files.createTempDirectory("driftrec-benchmark");
            try {
                return train(temporary);
            } finally {
                PathUtils.deleteDirectory(temporary);
            }
        }
        if (out == null) {
            throw new CannotStart(
                    "--out is missing: a folder for checkpoint and model (or --benchmark, to keep nothing)");
        }
        return train(Files.createDirectories(out));
    }

    private int train(Path folder) throws IOException, InterruptedException {
        TrainingJob wanted = wanted();
        try (StopSignal signal = StopSignal.install(); // which lets the process end when everything is written
                RoutingStore store = store(wanted.dataset().source(), folder)) {
            List<TensorEngine> engines = run.engines();
            Optional<StartModels.Found> start = start(wanted, store);
            TrainingPlan plan = TrainingPlans.of(wanted, start.map(StartModels.Found::architecture), engines.size());
            RunSettings settings = run.settings(engines.get(0), BAR_INTERVAL);
            Checkpoints checkpoints = new Checkpoints(store, location(folder.resolve(CHECKPOINT)));
            TrainingRun trainingRun = new TrainingRun(plan, settings, engines, store, checkpoints);
            TrainingOutcome outcome;
            try (TrainingBar bar = new TrainingBar(plan.model())) {
                outcome = trainingRun.run(
                        start.map(StartModels.Found::weights),
                        bar,
                        () -> signal.isAsked() ? StopRequest.PAUSE : StopRequest.NONE);
            }
            TrainingBar.print(outcome.progress());
            if (!isBenchmark) {
                keepCurve(folder, plan, outcome);
                if (outcome.end() == StopRequest.NONE) {
                    TrainedModel model = TrainedModel.of(wanted, plan, outcome, start, TensorEngine.describe(engines));
                    System.out.println("model in " + add(folder, model));
                } else {
                    System.out.printf(
                            "stopped at step %d; run again to go on%n",
                            outcome.progress().step());
                }
            }
            return ExitCode.OK;
        } catch (TrainingFailedException failed) {
            System.err.println("driftrec: " + failed.failure() + ": " + failed.getMessage());
            return ExitCode.BROKEN;
        }
    }

    private static void keepCurve(Path folder, TrainingPlan plan, TrainingOutcome outcome) throws IOException {
        Path page = folder.resolve("loss.html");
        Files.writeString(page, LossPlot.html(plan.model(), TrainingBar.line(outcome.progress()), outcome.curve()));
        System.out.println("loss curve in " + page);
    }

    private TrainingJob wanted() throws IOException {
        if (job == null) {
            if (data == null) {
                throw new CannotStart("say what to train with: DATA, or --job FILE");
            }
            return training.job(source(data));
        }
        List<String> given = spec.commandLine().getParseResult().matchedArgs().stream()
                .filter(arg -> arg.isPositional()
                        || arg.userObject() instanceof Field field
                                && field.getDeclaringClass() == TrainingOptions.class)
                .map(arg -> arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel())
                .toList();
        if (!given.isEmpty()) {
            throw new CannotStart("--job says what is trained; leave out " + String.join(", ", given));
        }
        Decoded<TrainingCommand> decoded = new TrainingCodec().decodeCommand(Files.readAllBytes(job));
        if (decoded instanceof Decoded.Valid<TrainingCommand> valid && valid.value() instanceof TrainingJob read) {
            return read;
        }
        throw new CannotStart("--job %s: %s".formatted(job, problem(decoded)));
    }

    private static String problem(Decoded<TrainingCommand> decoded) {
        if (decoded instanceof Decoded.Invalid<TrainingCommand> invalid) {
            return invalid.message();
        }
        return decoded instanceof Decoded.Unreadable<TrainingCommand> unreadable
                ? unreadable.message()
                : "asks for no training";
    }

    private Optional<StartModels.Found> start(TrainingJob wanted, RoutingStore store) throws IOException {
        try {
            return new JobModels(models.source(), cache.registry(store)).of(wanted);
        } catch (InvalidModelException | StorageException e) {
            throw new CannotStart("the model to start from: " + e.getMessage(), e);
        }
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

    private RoutingStore store(URI source, Path folder) {
        LocationPrefix out = LocationPrefix.parse(location(folder).toString());
        LocationPrefix readable =
                LocationPrefix.parse(source.resolve(".").toString()); // a manifest's folder, or itself
        return RoutingStore.open(
                stores.settings(List.of(readable, out, models.source().prefix()), List.of(out)));
    }

    private static URI source(String text) {
        ModelSource named = new ModelSource(text);
        if (!named.isLocation() && !Files.exists(Path.of(text))) {
            throw new CannotStart(text + ": no such folder or manifest");
        }
        return named.location();
    }

    private static URI location(Path path) {
        return path.toAbsolutePath().normalize().toUri();
    }
}
