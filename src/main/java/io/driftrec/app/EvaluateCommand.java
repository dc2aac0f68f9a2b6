package io.driftrec.app;

import io.driftrec.batch.LaneMetrics;
import io.driftrec.batch.Tiling;
import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.evaluation.protocol.CleanImage;
import io.driftrec.evaluation.protocol.Condition;
import io.driftrec.evaluation.protocol.Evaluation;
import io.driftrec.evaluation.protocol.EvaluationPlan;
import io.driftrec.evaluation.protocol.Journal;
import io.driftrec.evaluation.protocol.KeptImages;
import io.driftrec.evaluation.protocol.MetricSuite;
import io.driftrec.evaluation.report.EvaluationSummary;
import io.driftrec.evaluation.report.StripSettings;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.LoadedModel;
import io.driftrec.restore.RestoreMetrics;
import io.driftrec.restore.WorkerStoppedException;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code driftrec evaluate}: the paper's tables and figures over a folder of clean images, through the same lane as a worker's. */
@Command(
        name = "evaluate",
        description =
                "Damages clean images, restores them by every method that is asked for, and writes tables, charts and pictures. A run "
                        + "that was interrupted goes on where it was.")
final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CLEAN", arity = "1..*", description = "Folders of clean images, or images.")
    private List<Path> inputs = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "For report.html, report.md, results.csv, summary.json, the journal and kept images.")
    private Path out = Path.of("");

    @Mixin
    private ConditionOptions damage = new ConditionOptions();

    @Mixin
    private ContenderOptions contenders = new ContenderOptions();

    @Mixin
    private MetricOptions metrics = new MetricOptions();

    @Option(names = "--limit", paramLabel = "N", description = "Only the first N images by name.")
    private @Nullable Integer limit;

    @Option(names = "--crop", paramLabel = "N", description = "Only the N x N pixels at the centre of every image.")
    private @Nullable Integer crop;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides every random number (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--strips",
            paramLabel = "N",
            defaultValue = "2",
            description = "Images that the page shows as restored by every method (default: ${DEFAULT-VALUE}).")
    private int strips;

    @Option(
            names = "--strip-side",
            paramLabel = "N",
            defaultValue = "512",
            description =
                    "Of these images, the N x N pixels at the centre; the page grows with them (default: ${DEFAULT-VALUE}).")
    private int stripSide;

    @Option(
            names = "--keep-images",
            fallbackValue = "true",
            description = "Keep all restored images as PNG, and not only those that the page shows.")
    private boolean keepImages;

    @Mixin
    private RestorerOptions restorerOptions = new RestorerOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Condition> conditions = understood(() -> {
            contenders.check(restorerOptions);
            return damage.conditions();
        });
        List<CleanImage> images = understood(this::images);
        Path folder = Files.createDirectories(out).toRealPath();
        Path work = Files.createTempDirectory("driftrec-evaluate").toRealPath();
        try {
            return evaluate(new EvaluationOutput(folder), work, conditions, images);
        } catch (InvalidModelException unusable) {
            throw new CannotStart(String.valueOf(unusable.getMessage()), unusable);
        } finally {
            PathUtils.deleteDirectory(work);
        }
    }

    /** Reads what the command line names; whoever wrote it is told what is wrong with it. */
    private static <T> T understood(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        } catch (IOException unreadable) {
            throw new CannotStart(unreadable.toString(), unreadable);
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private List<CleanImage> images() throws IOException {
        new StripSettings(List.of(), stripSide, Optional.empty()); // a bad side is refused before anything is done
        if (strips < 0 || limit != null && limit < 1) {
            throw new IllegalArgumentException(
                    "--strips must be 0 or more and --limit 1 or more: " + strips + ", " + limit);
        }
        List<CleanImage> images = new CleanImageFiles(inputs)
                .read(new EvaluationOutput(out).images(), metrics.labels(), limit == null ? Integer.MAX_VALUE : limit);
        if (metrics.wantsLabels() && labelled(images) == 0) {
            throw new IllegalArgumentException("--labels has none of the " + images.size() + " images, such as "
                    + images.get(0).name() + ": it must name files by their path from the folder or their mere name");
        }
        return images;
    }

    private static long labelled(List<CleanImage> images) {
        return images.stream().filter(image -> image.label().isPresent()).count();
    }

    private int evaluate(EvaluationOutput output, Path work, List<Condition> conditions, List<CleanImage> images)
            throws IOException, InterruptedException {
        LocationPrefix place = LocationPrefix.parse(work.toUri().toString());
        StorageSettings storage = StorageSettings.allowing(List.of(place), List.of(place));
        try (Restorer restorer = Restorer.open(
                        restorerOptions, storage, "evaluate", RestoreMetrics.NONE, LaneMetrics.NONE, reason -> {});
                MetricNetworks networks = metrics.open(restorer.engine())) {
            restorer.closeLaneAtShutdown();
            Map<String, LoadedModel> models = models(restorer);
            ExecutorService threads = Executors.newFixedThreadPool(restorer.maxInFlight());
            try {
                LaneMethod.Lanes lanes = new LaneMethod.Lanes(restorer.service(), threads, work);
                EvaluationPlan plan = understood(() -> plan(images, conditions, models, lanes, restorer.maxInFlight()));
                try (Journal journal = understood(() -> Journal.open(output.journal(), settings(models)))) {
                    return run(output, plan, networks, journal, models);
                }
            } catch (WorkerStoppedException broken) {
                System.err.println("driftrec: " + broken.getMessage());
                return ExitCode.BROKEN;
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private EvaluationPlan plan(
            List<CleanImage> images,
            List<Condition> conditions,
            Map<String, LoadedModel> models,
            LaneMethod.Lanes lanes,
            int sideBySide) {
        return new EvaluationPlan(
                images,
                conditions,
                contenders.methods(restorerOptions, processes(models), lanes),
                seed,
                crop == null ? OptionalInt.empty() : OptionalInt.of(crop),
                restorerOptions.limits(),
                sideBySide);
    }

    private static Map<String, ForwardProcess> processes(Map<String, LoadedModel> models) {
        Map<String, ForwardProcess> processes = new LinkedHashMap<>();
        models.forEach((name, model) -> processes.put(name, model.network().process()));
        return processes;
    }

    private int run(
            EvaluationOutput output,
            EvaluationPlan plan,
            MetricNetworks networks,
            Journal journal,
            Map<String, LoadedModel> models)
            throws IOException, InterruptedException, WorkerStoppedException {
        MetricSuite suite = networks.suite();
        List<String> names = plan.images().stream().map(CleanImage::name).toList();
        List<String> shown = names.subList(0, Math.min(strips, names.size()));
        KeptImages kept = new KeptImages(output.images(), Set.copyOf(keepImages ? names : shown));
        try (EvaluationBar bar = new EvaluationBar(plan.cells())) {
            new Evaluation(plan, suite, journal, kept, bar).run();
        }
        EvaluationSummary summary = EvaluationSummary.of(facts(plan, models), settings(models), plan, suite, journal);
        output.write(summary, kept, new StripSettings(shown, stripSide, networks.maps()));
        long failed = summary.conditions().stream()
                .flatMap(condition -> condition.methods().stream())
                .mapToLong(method -> method.cells().size() - method.measured())
                .sum();
        System.out.printf(
                "%d images, %d conditions, %d methods; %d of %d restorations and measurements failed.%n  report: %s%n",
                plan.images().size(),
                plan.conditions().size(),
                plan.methods().size(),
                failed,
                plan.cells(),
                output.page());
        return failed == 0 ? ExitCode.OK : ExitCode.SOME_FAILED;
    }

    private Map<String, LoadedModel> models(Restorer restorer) {
        Map<String, LoadedModel> loaded = restorer.models().loaded().stream()
                .collect(Collectors.toMap(model -> model.card().name(), model -> model));
        Map<String, LoadedModel> named = new LinkedHashMap<>();
        for (String name : contenders.models(restorerOptions)) {
            LoadedModel model = loaded.get(name);
            if (model == null) {
                throw new CannotStart("--model '" + name + "' is not among " + loaded.keySet());
            }
            named.put(name, model);
        }
        return named;
    }

    /** What decides the value of a cell, besides its image, condition and method. */
    private Map<String, String> settings(Map<String, LoadedModel> models) throws IOException {
        Map<String, String> settings = new TreeMap<>(contenders.settings(restorerOptions, processes(models)));
        settings.putAll(metrics.settings());
        settings.put("seed", Long.toString(seed));
        settings.put("crop", crop == null ? "none" : crop.toString());
        settings.put("tile", restorerOptions.tiling() instanceof Tiling.Tiles tiles ? "" + tiles.size() : "none");
        models.forEach((name, model) -> settings.put(
                "model " + name, model.digest() + " in " + model.precision().label()));
        return settings;
    }

    private Map<String, String> facts(EvaluationPlan plan, Map<String, LoadedModel> models) {
        Map<String, String> facts = new LinkedHashMap<>();
        String side = crop == null ? "whole" : "the " + crop + " x " + crop + " pixels at the centre";
        facts.put(
                "images",
                plan.images().size() + " of "
                        + inputs.stream().map(Path::toString).collect(Collectors.joining(", ")) + ", " + side);
        models.forEach((name, model) -> facts.put(
                "model " + name,
                model.network().process().name() + ", weights " + model.digest().substring(0, 12) + ", "
                        + model.precision().label() + " on " + model.device()));
        if (metrics.wantsLabels()) {
            facts.put("labels", "of " + labelled(plan.images()) + " of the images");
        }
        List<String> missing = metrics.missing();
        if (!missing.isEmpty()) {
            facts.put("no weights", String.join("; ", missing));
        }
        facts.put("made", "by driftrec " + BuildVersion.text() + " on " + LocalDate.now(ZoneOffset.UTC));
        return facts;
    }
}
