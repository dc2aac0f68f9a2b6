package io.driftrec.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.Ouve;
import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.PhiloxNoise;
import io.driftrec.diffusion.PosteriorMean;
import io.driftrec.network.ScoreNetwork;
import io.driftrec.network.TensorEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The scores of nine tiles of 256 x 256 become that of an image of 640 x 640. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BlendingBenchmark {
    private static final int SIDE = 640;

    private NDManager manager;
    private TiledImage image;
    private NDArray score;
    private final List<NDArray> windows = new ArrayList<>();

    @Setup
    public void load() {
        manager = TensorEngine.start("auto", 0).newManager();
        RestorationJob job = RestorationJob.builder(new OnDevice(manager), new PosteriorMean(), PhiloxNoise::new)
                .image(SIDE, SIDE, new float[3 * SIDE * SIDE])
                .build();
        image = TiledImage.load(job);
        TilePlan plan = image.plan();
        score = manager.ones(new Shape(3, plan.tileHeight(), plan.tileWidth()));
        for (int tile = 0; tile < plan.count(); tile++) {
            NDArray rows = manager.create(plan.rows().weights(plan.row(tile)), new Shape(1, plan.tileHeight(), 1));
            NDArray columns =
                    manager.create(plan.columns().weights(plan.column(tile)), new Shape(1, 1, plan.tileWidth()));
            windows.add(rows.mul(columns));
        }
    }

    @TearDown
    public void close() {
        image.close();
        manager.close();
    }

    /** Chosen: one factor for the rows, one for the columns; an image keeps two vectors a row and column of tiles. */
    @Benchmark
    public float byRowsAndColumns() {
        NDArray blended = image.blank();
        try (NDManager whole = blended.getManager();
                NDManager scope = manager.newSubManager()) {
            NDArray answer = score.duplicate();
            answer.attach(scope);
            for (int tile = 0; tile < image.plan().count(); tile++) {
                image.blend(blended, tile, answer);
            }
            return corner(blended, whole);
        }
    }

    /** Rejected: one factor of the size of a tile, which every image would keep for every tile. */
    @Benchmark
    public float byWholeWindows() {
        NDArray blended = image.blank();
        try (NDManager whole = blended.getManager();
                NDManager scope = manager.newSubManager()) {
            for (int tile = 0; tile < image.plan().count(); tile++) {
                NDArray weighted = score.mul(windows.get(tile));
                weighted.attach(scope);
                blended.get(scope, image.plan().index(tile)).addi(weighted);
            }
            return corner(blended, whole);
        }
    }

    private static float corner(NDArray blended, NDManager scope) {
        NDArray one = blended.get("0:1, 0:1, 0:1");
        one.attach(scope);
        return one.toFloatArray()[0];
    }

    /** Where the image goes; is never asked. */
    private record OnDevice(NDManager manager) implements ScoreNetwork {
        @Override
        public ForwardProcess process() {
            return new Ouve();
        }

        @Override
        public int sizeMultiple() {
            return 64;
        }

        @Override
        public NDManager newManager() {
            return manager.newSubManager();
        }

        @Override
        public NDArray score(NDArray x, NDArray y, double[] t) {
            throw new UnsupportedOperationException("blending needs no network");
        }

        @Override
        public void close() {}
    }
}
