package io.driftrec.network;

import ai.djl.ndarray.NDArray;

/**
 * A raw network in a device's memory that takes its parameters as an argument, so that an optimiser can own them. One thread at
 * a time.
 *
 * <p>Failure modes: {@link DeviceOutOfMemoryException} when the batch is too large for the device.
 */
public final class TrainableNetwork implements AutoCloseable {
    private final LoadedProgram program;

    private TrainableNetwork(LoadedProgram program) {
        this.program = program;
    }

    /**
     * Emits the network's program and loads it into the device's memory.
     *
     * @param fixed has the tensors that are not trained, under their names
     * @throws InvalidModelException when one of these is missing
     */
    public static TrainableNetwork load(
            TensorEngine engine, NcsnppArchitecture architecture, Safetensors fixed, Precision precision) {
        NcsnppProgram.Options options = new NcsnppProgram.Options(precision, true);
        return new TrainableNetwork(engine.load(NcsnppProgram.trainable(architecture, fixed, options)));
    }

    /**
     * The network's output; differentiable by {@code theta} where that requires a gradient.
     *
     * @param theta the parameters, float32, in the order of {@link NcsnppArchitecture#trainedParameters()}
     * @param input {@code (N, inputChannels, H, W)}, float32; height and width are multiples of the downsampling factor
     * @param sigma {@code (N)}, float32
     * @return {@code (N, outputChannels, H, W)}, float32, attached to the manager of {@code theta}
     * @throws DeviceOutOfMemoryException when the device's memory does not suffice
     */
    public NDArray predict(NDArray theta, NDArray input, NDArray sigma) {
        return program.run(true, theta, input, sigma);
    }

    @Override
    public void close() {
        program.close();
    }
}
