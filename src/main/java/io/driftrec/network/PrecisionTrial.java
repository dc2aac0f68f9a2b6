package io.driftrec.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Lets a device compute one small network, with all kinds of layers and random weights, in a low precision and in float32, and
 * compares: kernels that are wrong on some processor neither throw nor give infinities, they spoil images.
 */
final class PrecisionTrial {
    /** Rounding alone comes to 0.01 in bfloat16. */
    static final double LARGEST_DEVIATION = 0.05;

    private static final NcsnppArchitecture NETWORK =
            new NcsnppArchitecture(32, List.of(1, 2), 1, Set.of(1), 6, 3, true, 2, false);
    private static final int SIDE = 64;

    private PrecisionTrial() {}

    /** How far the output is from that in float32; NaN when one of them is not finite. */
    static double deviation(TensorEngine engine, Precision precision) {
        return deviation(output(engine, precision), output(engine, Precision.FP32));
    }

    /** The norm of the difference over the norm of the expected values, which are as many. */
    static double deviation(float[] actual, float[] expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / norm);
    }

    private static float[] output(TensorEngine engine, Precision precision) {
        Random random = new Random(1);
        Shape shape = new Shape(2, NETWORK.inputChannels(), SIDE, SIDE);
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        TorchScriptProgram program =
                NcsnppProgram.raw(NETWORK, RandomWeights.of(NETWORK, 1), new NcsnppProgram.Options(precision, true));
        try (LoadedProgram network = engine.load(program);
                NDManager manager = engine.newManager()) {
            NDArray sigma = manager.create(new float[] {0.03f, 0.5f});
            return network.run(manager.create(values, shape), sigma).toFloatArray();
        }
    }
}
