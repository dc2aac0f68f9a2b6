package io.driftrec.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.ForwardProcess;

/**
 * NCSN++ on a device of the tensor engine: one call of one emitted program per batch, from states to scores.
 *
 * <p>Inputs need only be multiples of the architecture's {@link NcsnppArchitecture#downsamplingFactor}; {@link #sizeMultiple}
 * is at least 64, so that images of different sizes fall into few shapes.
 *
 * <p>Failure modes: {@link DeviceOutOfMemoryException} when the batch is too large for the device, after which the network
 * goes on working.
 */
public final class TorchScriptScoreNetwork implements ScoreNetwork {
    private static final int SIZE_MULTIPLE = 64;

    private final TensorEngine engine;
    private final NcsnppArchitecture architecture;
    private final ForwardProcess process;
    private final boolean noiseFreeStart;
    private final LoadedProgram program;

    private TorchScriptScoreNetwork(TensorEngine engine, ModelCard card, LoadedProgram program) {
        this.engine = engine;
        this.architecture = card.architecture();
        this.process = card.process();
        this.noiseFreeStart = card.noiseFreeStart();
        this.program = program;
    }

    /**
     * Emits the network's program and loads it into the device's memory.
     *
     * @throws InvalidModelException when the weights are not those of the card's architecture, or the architecture is not that
     *     of a score network
     * @throws DeviceOutOfMemoryException when the device has no room for the weights
     */
    public static TorchScriptScoreNetwork load(
            TensorEngine engine, ModelCard card, Safetensors weights, Precision precision) {
        return load(engine, card, program(card, weights, engine.programOptions(precision)));
    }

    static TorchScriptScoreNetwork load(TensorEngine engine, ModelCard card, TorchScriptProgram program) {
        return new TorchScriptScoreNetwork(engine, card, engine.load(program));
    }

    /** The program that {@link #load} loads. */
    static TorchScriptProgram program(ModelCard card, Safetensors weights, NcsnppProgram.Options options) {
        NcsnppArchitecture architecture = card.architecture();
        if (!architecture.isPaired() && !architecture.isRegression()) {
            throw new InvalidModelException(
                    "model \"%s\" takes %d channels, neither twice its output's %d (a score network) nor as many (a regression)"
                            .formatted(card.name(), architecture.inputChannels(), architecture.outputChannels()));
        }
        return NcsnppProgram.score(architecture, card.output(), weights, options);
    }

    @Override
    public ForwardProcess process() {
        return process;
    }

    @Override
    public boolean noiseFreeStart() {
        return noiseFreeStart;
    }

    @Override
    public int sizeMultiple() {
        return Math.max(SIZE_MULTIPLE, architecture.downsamplingFactor());
    }

    @Override
    public NDManager newManager() {
        return engine.newManager();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when a shape, type or time does not fit
     */
    @Override
    public NDArray score(NDArray x, NDArray y, double[] t) {
        check(x, y, t);
        float[] signal = new float[t.length];
        float[] level = new float[t.length];
        for (int i = 0; i < t.length; i++) {
            signal[i] = (float) process.scoreSignal(t[i]);
            level[i] = (float) process.level(t[i]);
        }
        try (NDManager scalars = x.getManager().newSubManager()) {
            return program.run(x, y, scalars.create(signal), scalars.create(level));
        }
    }

    private void check(NDArray x, NDArray y, double[] t) {
        Shape shape = x.getShape();
        if (shape.dimension() != 4 || shape.get(1) != architecture.outputChannels()) {
            throw new IllegalArgumentException(
                    "states must be (N, %d, H, W), not %s".formatted(architecture.outputChannels(), shape));
        }
        int factor = architecture.downsamplingFactor();
        if (shape.get(2) % factor != 0 || shape.get(3) % factor != 0) {
            throw new IllegalArgumentException(
                    "height and width of %s must be multiples of %d".formatted(shape, factor));
        }
        if (!y.getShape().equals(shape)) {
            throw new IllegalArgumentException("images %s do not match states %s".formatted(y.getShape(), shape));
        }
        if (x.getDataType() != DataType.FLOAT32 || y.getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException(
                    "states and images must be float32, not %s and %s".formatted(x.getDataType(), y.getDataType()));
        }
        if (t.length != shape.get(0)) {
            throw new IllegalArgumentException("%d times for %d states".formatted(t.length, shape.get(0)));
        }
        for (double time : t) {
            if (!(time > 0 && time <= 1)) {
                throw new IllegalArgumentException("time must be in (0, 1], not " + time);
            }
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
