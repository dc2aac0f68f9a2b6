package io.driftrec.app;

import io.driftrec.bench.CallCost;
import io.driftrec.network.Precision;
import io.driftrec.network.TensorEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What to measure, and for how long. */
final class BenchOptions {
    private static final List<Integer> BATCHES_ON_CPU = List.of(1, 2, 4, 8);
    private static final List<Integer> BATCHES_ON_GPU = List.of(1, 2, 4, 8, 16, 32, 64);
    private static final double LOAD_ON_CPU = 0.8;

    /** Of the ceiling. */
    static final List<Double> LOADS = List.of(0.3, 0.6, 0.8, 0.95);

    private static final int TILE_ON_CPU = 64;
    private static final int TILE_ON_GPU = 256;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "small-ouve",
            description = "The network to measure (default: ${DEFAULT-VALUE}).")
    private String model = "small-ouve";

    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            split = ",",
            description =
                    "fp32, bf16, fp16, several with commas (default: all on a GPU; on a CPU fp32 and what it has in hardware). "
                            + "The device's fastest is always among them.")
    private List<String> precisions = List.of();

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            description = "Tiles in a call (default: 1,2,4,8 on a CPU, 1 to 64 on a GPU).")
    private List<Integer> batches = List.of();

    @Option(
            names = "--tile",
            paramLabel = "N",
            description = "Side of the tiles in pixels (default: 64 on a CPU, 256 on a GPU).")
    private @Nullable Integer tile;

    @Option(
            names = "--max-tiles",
            paramLabel = "N",
            description = "Tiles in one call of the lane (default: 2 on a CPU, 32 on a GPU).")
    private @Nullable Integer maxTiles;

    @Option(
            names = "--row-seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "Of each row of seconds per call (default: ${DEFAULT-VALUE}).")
    private double secondsPerRow;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "7",
            description = "Of lane and bare loop in turn (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Arrivals of each open loop in virtual time (default: ${DEFAULT-VALUE}).")
    private int images;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "20",
            description =
                    "Of arrivals of each open loop on the device, 8 images at least; 0 for none (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--load",
            paramLabel = "SHARE",
            split = ",",
            description =
                    "Of the ceiling, in open loops on the device (default: 0.8 on a CPU, 0.3,0.6,0.8,0.95 on a GPU). In virtual time "
                            + "it is always these four.")
    private List<Double> loads = List.of();

    @Option(
            names = "--simulate",
            paramLabel = "TILES=SECONDS",
            split = ",",
            description =
                    "What calls cost in virtual time, such as 1=0.01,32=0.08, to try another device than this (default: as measured).")
    private Map<Integer, Double> simulated = new LinkedHashMap<>();

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Of the arrivals (default: ${DEFAULT-VALUE}).")
    private long seed;

    /**
     * Checks all values, before anything is measured.
     *
     * @throws IllegalArgumentException naming the value that is wrong
     */
    void check(TensorEngine engine) {
        precisions(engine);
        batches(engine.isGpu());
        tile(engine.isGpu());
        maxTiles(engine.isGpu());
        rounds();
        images();
        loads(engine.isGpu());
        simulated();
        if (!(secondsPerRow > 0 && secondsPerRow < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("--row-seconds must be above 0: " + secondsPerRow);
        }
        if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("--seconds must be 0 or more: " + seconds);
        }
    }

    String model() {
        return model;
    }

    DeviceOptions device() {
        return device;
    }

    List<Precision> precisions(TensorEngine engine) {
        if (precisions.isEmpty()) {
            return engine.isGpu() ? List.of(Precision.values()) : List.of(Precision.FP32);
        }
        return precisions.stream().map(engine::precision).toList();
    }

    List<Integer> batches(boolean isGpu) {
        List<Integer> sizes = !batches.isEmpty() ? batches : isGpu ? BATCHES_ON_GPU : BATCHES_ON_CPU;
        sizes.forEach(size -> positive("--batch", size));
        return sizes;
    }

    int tile(boolean isGpu) {
        int side = tile != null ? tile : isGpu ? TILE_ON_GPU : TILE_ON_CPU;
        if (side < 1 || side % 64 != 0) {
            throw new IllegalArgumentException("--tile must be a multiple of 64: " + side);
        }
        return side;
    }

    int maxTiles(boolean isGpu) {
        return positive("--max-tiles", maxTiles != null ? maxTiles : RestorerOptions.defaultTiles(isGpu));
    }

    double secondsPerRow() {
        return secondsPerRow;
    }

    int rounds() {
        return positive("--rounds", rounds);
    }

    int images() {
        return positive("--images", images);
    }

    List<Double> loads(boolean isGpu) {
        for (double load : loads) {
            if (!(load > 0 && load < 1)) {
                throw new IllegalArgumentException("--load must be above 0 and below 1: " + load);
            }
        }
        return !loads.isEmpty() ? loads : isGpu ? LOADS : List.of(LOAD_ON_CPU);
    }

    double seconds() {
        return seconds;
    }

    Optional<CallCost> simulated() {
        return simulated.isEmpty() ? Optional.empty() : Optional.of(new CallCost(simulated));
    }

    long seed() {
        return seed;
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
        return value;
    }
}
