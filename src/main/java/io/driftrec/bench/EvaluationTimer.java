package io.driftrec.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.PhiloxNoise;
import io.driftrec.network.LoadedModel;
import io.driftrec.network.ModelRepository;
import io.driftrec.network.NcsnppProgram;
import io.driftrec.network.Precision;
import io.driftrec.network.ScoreNetwork;
import io.driftrec.network.TensorEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Seconds per evaluation against the size of the batch, on random pixels. Two calls warm up; then at least three are timed, and
 * more while the time budget of the row lasts. A call ends when one of its values has come to the host.
 */
public final class EvaluationTimer {
    private static final int WARM_UP = 2;
    private static final int LEAST_CALLS = 3;
    private static final int MOST_CALLS = 200;

    private final ModelRepository models;
    private final String model;
    private final TensorEngine engine;
    private final int tile;
    private final double secondsPerRow;

    /**
     * @param tile side of the tiles in pixels
     * @param secondsPerRow time budget of one combination of precision, memory format and batch
     */
    public EvaluationTimer(ModelRepository models, String model, TensorEngine engine, int tile, double secondsPerRow) {
        this.models = models;
        this.model = model;
        this.engine = engine;
        this.tile = tile;
        this.secondsPerRow = secondsPerRow;
    }

    /**
     * Measures every combination.
     *
     * @param listener hears of each row as soon as it is there
     */
    public List<EvaluationTime> measure(
            List<Precision> precisions, List<Integer> batches, Consumer<EvaluationTime> listener) throws IOException {
        List<EvaluationTime> times = new ArrayList<>();
        for (Precision precision : precisions) {
            for (boolean isChannelsLast : new boolean[] {true, false}) {
                NcsnppProgram.Options options = new NcsnppProgram.Options(precision, isChannelsLast);
                try (LoadedModel loaded = models.load(model, engine, options)) {
                    for (int batch : batches) {
                        EvaluationTime time = new EvaluationTime(
                                precision.label(),
                                isChannelsLast ? "channels-last" : "contiguous",
                                tile,
                                batch,
                                secondsPerCall(loaded.network(), batch));
                        times.add(time);
                        listener.accept(time);
                    }
                }
            }
        }
        return times;
    }

    private Spread secondsPerCall(ScoreNetwork network, int batch) {
        try (NDManager manager = network.newManager()) {
            NDArray x = images(manager, batch, tile, 1);
            NDArray y = images(manager, batch, tile, 2);
            double[] times = new double[batch];
            Arrays.fill(times, 0.5);
            for (int i = 0; i < WARM_UP; i++) {
                call(network, x, y, times);
            }
            List<Double> seconds = new ArrayList<>();
            double total = 0;
            while (seconds.size() < LEAST_CALLS || (total < secondsPerRow && seconds.size() < MOST_CALLS)) {
                long begun = System.nanoTime();
                call(network, x, y, times);
                double lasted = (System.nanoTime() - begun) / 1e9;
                seconds.add(lasted);
                total += lasted;
            }
            return Spread.of(seconds.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    private static void call(ScoreNetwork network, NDArray x, NDArray y, double[] times) {
        try (NDArray score = network.score(x, y, times)) {
            awaitValue(score);
        }
    }

    /** A device may still compute when a call returns; one value on the host says that it is done. */
    static void awaitValue(NDArray array) {
        try (NDArray flat = array.reshape(-1);
                NDArray one = flat.get("0:1")) {
            one.toFloatArray();
        }
    }

    /** Random pixels about a middle grey. */
    static NDArray images(NDManager manager, int batch, int tile, long seed) {
        try (NDArray noise = new PhiloxNoise(seed, 0).normal(0, new Shape(batch, 3, tile, tile), manager)) {
            return noise.mul(0.1).addi(0.5);
        }
    }
}
