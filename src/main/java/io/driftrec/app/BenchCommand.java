package io.driftrec.app;

import io.driftrec.bench.Batching;
import io.driftrec.bench.BenchReport;
import io.driftrec.bench.CallCost;
import io.driftrec.bench.EvaluationTime;
import io.driftrec.bench.EvaluationTimer;
import io.driftrec.bench.LaneCost;
import io.driftrec.bench.LaneShare;
import io.driftrec.bench.Latencies;
import io.driftrec.bench.OpenLoop;
import io.driftrec.network.DeviceNoise;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.LoadedModel;
import io.driftrec.network.ModelRepository;
import io.driftrec.network.Precision;
import io.driftrec.network.TensorEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code driftrec bench}: how fast the device at hand is, and what the lane makes of it. */
@Command(
        name = "bench",
        description =
                "Measures on the device at hand: seconds per evaluation, the lane beside a bare loop, the lane's own cost, and latency "
                        + "under load for three ways of batching. Figures are medians, with the 5th and 95th percentile.")
final class BenchCommand implements Callable<Integer> {
    private static final int SLOTS_OF_LANE_COST = 32;

    @Mixin
    private ModelsOption models = new ModelsOption();

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write all figures there.")
    private @Nullable Path json;

    @Override
    public Integer call() throws InterruptedException {
        try {
            BenchReport report = measure(options.device().start());
            if (json != null) {
                report.write(json);
            }
            return ExitCode.OK;
        } catch (IOException | IllegalArgumentException | InvalidModelException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private BenchReport measure(TensorEngine engine) throws IOException, InterruptedException {
        options.check(engine);
        ModelRepository repository = new ModelRepository(models.folder());
        boolean isGpu = engine.isGpu();
        Precision precision = engine.precision("auto");
        int tile = options.tile(isGpu);
        say("%s on %s, %d cores, tiles of %dx%d", options.model(), engine.description(), cores(), tile, tile);

        List<EvaluationTime> evaluations = evaluations(repository, engine, tile);
        try (LoadedModel model = repository.load(options.model(), engine, precision);
                DeviceNoise noise = DeviceNoise.load(engine)) {
            int slots = options.maxTiles(isGpu);
            say("%nlane, %s, %d tiles a call:", precision.label(), slots);
            LaneShare share = LaneShare.measure(model.network(), noise::noise, tile, slots, options.rounds());
            say("  images per second           %s", share.laneImagesPerSecond());
            say("  of a bare loop              %s", share.bareImagesPerSecond());
            say("  share of the bare loop, %%   %s", percent(share));
            LaneCost cost = LaneCost.measure(engine, SLOTS_OF_LANE_COST);
            say("  own cost of a step with %d slots, microseconds:", cost.slots());
            say("    the lane alone            %s", cost.microsOfLane());
            say("    with the sampler's sums   %s", cost.microsWithSampler());

            CallCost measured = CallCost.of(evaluations, precision.label(), "channels-last");
            OpenLoop virtual = new OpenLoop(slots, options.simulated().orElse(measured), options.seed());
            OpenLoop real = new OpenLoop(slots, measured, options.seed());
            return new BenchReport(
                    new BuildVersion().getVersion()[0],
                    options.model(),
                    engine.description(),
                    cores(),
                    precision.label(),
                    options.seed(),
                    evaluations,
                    share,
                    cost,
                    virtual.ceiling(),
                    real.ceiling(),
                    inVirtualTime(virtual, engine),
                    onDevice(real, model, noise, tile, isGpu));
        }
    }

    private List<EvaluationTime> evaluations(ModelRepository repository, TensorEngine engine, int tile)
            throws IOException {
        say("%nseconds per call of the network:");
        say("  %-9s %-13s %5s  %-28s %s", "precision", "memory", "tiles", "seconds", "per tile");
        Set<Precision> precisions = new LinkedHashSet<>(options.precisions(engine));
        precisions.add(engine.precision("auto"));
        Set<Integer> batches = new TreeSet<>(options.batches(engine.isGpu()));
        batches.add(options.maxTiles(engine.isGpu()));
        return new EvaluationTimer(repository, options.model(), engine, tile, options.secondsPerRow())
                .measure(
                        List.copyOf(precisions),
                        List.copyOf(batches),
                        row -> say(
                                "  %-9s %-13s %5d  %-28s %.4g",
                                row.precision(),
                                row.memoryFormat(),
                                row.batch(),
                                row.secondsPerCall(),
                                row.secondsPerTile()));
    }

    private List<Latencies> inVirtualTime(OpenLoop loop, TensorEngine engine) {
        heading("in virtual time (the lane over the costs above)", loop);
        List<Latencies> rows = new ArrayList<>();
        for (double load : BenchOptions.LOADS) {
            for (Batching batching : Batching.values()) {
                rows.add(row(loop.inVirtualTime(batching, load, options.images(), engine.newManager())));
            }
        }
        return rows;
    }

    private List<Latencies> onDevice(OpenLoop loop, LoadedModel model, DeviceNoise noise, int tile, boolean isGpu)
            throws InterruptedException {
        List<Latencies> rows = new ArrayList<>();
        if (options.seconds() > 0) {
            heading("on the device", loop);
            for (double load : options.loads(isGpu)) {
                int images = loop.images(load, options.seconds());
                for (Batching batching : Batching.values()) {
                    rows.add(row(loop.onDevice(batching, load, images, model.network(), noise::noise, tile)));
                }
            }
        }
        return rows;
    }

    private static void heading(String where, OpenLoop loop) {
        say("%nopen loop %s, ceiling %.3g images per second, 6 to 100 steps:", where, loop.ceiling());
        say("  %4s  %-17s %6s  %8s %8s %8s  %s", "load", "batching", "images", "p50 s", "p95 s", "p99 s", "fill");
    }

    private static Latencies row(Latencies row) {
        say(
                "  %4.2f  %-17s %6d  %8.3g %8.3g %8.3g  %.2f",
                row.load(), row.batching(), row.images(), row.p50(), row.p95(), row.p99(), row.batchFill());
        return row;
    }

    private static String percent(LaneShare share) {
        return String.format(
                Locale.ROOT,
                "%.1f (%.1f to %.1f)",
                100 * share.share().median(),
                100 * share.share().low(),
                100 * share.share().high());
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
