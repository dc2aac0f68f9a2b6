package io.driftrec.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.NoiseDraw;
import io.driftrec.diffusion.NoiseGenerator;
import io.driftrec.diffusion.NoiseSource;
import io.driftrec.diffusion.PhiloxNoise;
import io.driftrec.diffusion.Rows;
import io.driftrec.network.TorchScriptProgram.Attribute;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of {@link PhiloxNoise}, generated on the device by an emitted program: Philox 4x32-10 (Salmon, Moraes, Dror,
 * Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", 2011) and the Box-Muller transform. Equal to the host's up to the
 * rounding of the device's logarithm and trigonometric functions.
 *
 * <p>The engine has no unsigned integers, so words live in the lower halves of 64-bit integers. Only the words {@code c0} and
 * {@code c2} of a counter are multiplied, so the program keeps them in one array {@code even}, of shape (2, draws, blocks), and
 * {@code c1} and {@code c3} in another, {@code odd}.
 *
 * <p>The noise sources may be used by the one thread that owns the device, as long as this object is open.
 */
public final class DeviceNoise implements NoiseGenerator, AutoCloseable {
    /** Of the draws made together: above it, calls are so long that their number does not matter. */
    private static final long MAX_ELEMENTS = 1L << 24;

    private static final int LANES = 4;
    private static final int ROUNDS = 10;
    private static final long WORD = 0xFFFFFFFFL;
    private static final long[] MULTIPLIERS = {0xD2511F53L, 0xCD9E8D57L};
    private static final long[] KEY_STEPS = {0x9E3779B9L, 0xBB67AE85L};

    private final LoadedProgram program;

    private DeviceNoise(LoadedProgram program) {
        this.program = program;
    }

    /** Loads the generator into the device's memory. */
    public static DeviceNoise load(TensorEngine engine) {
        return new DeviceNoise(engine.load(program()));
    }

    /**
     * The noise of one trajectory.
     *
     * @param seed the request's; every value is allowed
     * @param sample which of the samples to average, from 0
     */
    public NoiseSource noise(long seed, int sample) {
        return new Source(seed, new PhiloxNoise(seed, sample));
    }

    @Override
    public void close() {
        program.close();
    }

    @Override
    public NDList normal(List<NoiseDraw> draws, Shape shape, NDManager manager) {
        NDList values = new NDList(draws.size());
        int most = (int) Math.max(1, MAX_ELEMENTS / Math.max(1, shape.size()));
        for (int from = 0; from < draws.size(); from += most) {
            List<NoiseDraw> together = draws.subList(from, Math.min(draws.size(), from + most));
            try (NDManager scratch = manager.newSubManager()) {
                NDList made = make(together, shape, scratch);
                made.attach(manager);
                values.addAll(made);
            }
        }
        return values;
    }

    private NDList make(List<NoiseDraw> draws, Shape shape, NDManager scratch) {
        int count = draws.size();
        long elements = shape.size();
        long blocks = (elements + LANES - 1) / LANES;
        long[] keys = new long[ROUNDS * 2 * count];
        long[] constants = new long[2 * count];
        for (int i = 0; i < count; i++) {
            Source source = (Source) draws.get(i).source();
            for (int j = 0; j < source.roundKeys.length; j++) {
                keys[j * count + i] = source.roundKeys[j];
            }
            constants[i] = Integer.toUnsignedLong(draws.get(i).number());
            constants[count + i] = Integer.toUnsignedLong(source.host.sample());
        }
        NDArray normal = program.run(
                scratch.ones(new Shape(count, blocks), DataType.INT64),
                scratch.create(keys, new Shape(ROUNDS, 2, count, 1)),
                scratch.create(constants, new Shape(2, count, 1)));
        if (blocks * LANES > elements) {
            normal = normal.get(":, 0:" + elements);
        }
        return Rows.of(normal, shape);
    }

    private final class Source implements NoiseSource {
        private final long[] roundKeys;
        private final PhiloxNoise host;

        Source(long seed, PhiloxNoise host) {
            this.roundKeys = roundKeys(seed);
            this.host = host;
        }

        @Override
        public NDArray normal(int draw, Shape shape, NDManager manager) {
            return DeviceNoise.this.normal(List.of(draw(draw)), shape, manager).get(0);
        }

        /** On the host: one number, which the caller needs on the host. */
        @Override
        public int sign(int draw) {
            return host.sign(draw);
        }

        @Override
        public NoiseGenerator generator() {
            return DeviceNoise.this;
        }
    }

    private static long[] roundKeys(long seed) {
        long[] keys = new long[ROUNDS * 2];
        for (int round = 0; round < ROUNDS; round++) {
            keys[2 * round] = (seed + round * KEY_STEPS[0]) & WORD;
            keys[2 * round + 1] = ((seed >>> Integer.SIZE) + round * KEY_STEPS[1]) & WORD;
        }
        return keys;
    }

    /**
     * {@code forward(ones, keys, constants)}: ones (N, B) for N draws of B blocks, round keys (10, 2, N, 1), numbers and samples of
     * the draws (2, N, 1), to values (N, 4 B).
     */
    private static TorchScriptProgram program() {
        ProgramSource source = new ProgramSource("ones", "keys", "constants");
        String blocks =
                source.call("sub", source.call("cumsum", "ones", 1), 1); // a range would count in single precision
        String even = words(source, low(source, blocks), 0);
        String odd = words(source, high(source, blocks), 1);
        String multipliers = source.attribute("multipliers", multipliers());
        for (int round = 0; round < ROUNDS; round++) {
            String product = source.call("flip", source.call("mul", even, multipliers), List.of(0));
            String key = source.call("select", "keys", 0, round);
            even = source.call("bitwise_xor", source.call("bitwise_xor", high(source, product), odd), key);
            odd = low(source, product);
        }
        String radius = source.call("sqrt", source.call("mul", source.call("log", uniform(source, even)), -2.0));
        String angle = source.call("mul", uniform(source, odd), 2 * Math.PI);
        List<String> lanes = new ArrayList<>();
        for (String function : List.of("cos", "sin")) {
            lanes.add(source.call("mul", radius, source.call(function, angle)));
        }
        // (2, N, B, 2) to (N, B, 2, 2)
        String values = source.call("permute", source.call("stack", lanes, 3), List.of(1, 2, 0, 3));
        String single = source.call("to", values, TensorType.F32.scalarType());
        return source.returning(source.call("flatten", single, 1));
    }

    private static String words(ProgramSource source, String blocks, int constant) {
        String word = source.call("select", "constants", 0, constant);
        return source.call("stack", List.of(blocks, source.call("expand_as", word, blocks)), 0);
    }

    private static String low(ProgramSource source, String value) {
        return source.call("bitwise_and", value, WORD);
    }

    /** The mask also removes the copies of the sign that shifting a signed number brings in. */
    private static String high(ProgramSource source, String value) {
        return low(source, source.call("bitwise_right_shift", value, Integer.SIZE));
    }

    private static String uniform(ProgramSource source, String words) {
        String number = source.call("to", words, TensorType.F64.scalarType());
        return source.call("mul", source.call("add", number, 0.5), 0x1p-32);
    }

    private static Attribute multipliers() {
        ByteBuffer data = ByteBuffer.allocate(MULTIPLIERS.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(MULTIPLIERS);
        List<Long> shape = List.of((long) MULTIPLIERS.length, 1L, 1L);
        return new Attribute(new Tensor(TensorType.I64, shape, data), false, false);
    }
}
