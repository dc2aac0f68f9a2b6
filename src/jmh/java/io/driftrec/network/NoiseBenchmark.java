package io.driftrec.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.NoiseSource;
import io.driftrec.diffusion.PhiloxNoise;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One draw of noise for a square image. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NoiseBenchmark {
    @Param({"64", "256"})
    int side;

    private NDManager manager;
    private DeviceNoise generator;
    private NoiseSource device;
    private NoiseSource host;
    private int draw;

    @Setup
    public void load() {
        TensorEngine engine = TensorEngine.start("auto", 0);
        manager = engine.newManager();
        generator = DeviceNoise.load(engine);
        device = generator.noise(1, 0);
        host = new PhiloxNoise(1, 0);
    }

    @TearDown
    public void close() {
        generator.close();
        manager.close();
    }

    /** Chosen: an emitted program on the device. */
    @Benchmark
    public float onTheDevice() {
        return draw(device);
    }

    /** Rejected: the same values computed in Java and copied over. */
    @Benchmark
    public float onTheHost() {
        return draw(host);
    }

    /** Rejected: the engine's generator, whose values depend on what was drawn before; the floor for the other two. */
    @Benchmark
    public float byTheEngine() {
        try (NDArray noise = manager.randomNormal(new Shape(3, side, side))) {
            return last(noise);
        }
    }

    private float draw(NoiseSource source) {
        try (NDArray noise = source.normal(draw++, new Shape(3, side, side), manager)) {
            return last(noise);
        }
    }

    private static float last(NDArray noise) {
        try (NDArray flat = noise.reshape(-1);
                NDArray one = flat.get("-1:")) {
            return one.toFloatArray()[0];
        }
    }
}
