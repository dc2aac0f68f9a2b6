package io.driftrec.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A network in the memory of a device that takes arrays of the host and gives one back. One thread at a time.
 *
 * <p>Failure modes: {@link DeviceOutOfMemoryException} when the arrays are too large for the device; the network stays usable.
 */
public final class ImageNetwork implements AutoCloseable {
    private final TensorEngine engine;
    private final LoadedProgram program;

    private ImageNetwork(TensorEngine engine, LoadedProgram program) {
        this.engine = engine;
        this.program = program;
    }

    /**
     * Loads an emitted program.
     *
     * @throws DeviceOutOfMemoryException when the device has no room for the weights
     */
    public static ImageNetwork load(TensorEngine engine, TorchScriptProgram program) {
        return new ImageNetwork(engine, engine.load(program));
    }

    /**
     * Loads a TorchScript file, as {@code torch.jit.save} writes it. Such a file is a program: load none that you do not trust.
     *
     * @throws IOException when the file cannot be read
     * @throws InvalidModelException when the engine does not take it for a TorchScript file
     * @throws DeviceOutOfMemoryException when the device has no room for the weights
     */
    public static ImageNetwork load(TensorEngine engine, Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return new ImageNetwork(engine, engine.load(in));
        } catch (InvalidModelException e) {
            throw new InvalidModelException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs the network.
     *
     * @param arguments float32
     * @return float32, whatever the network computes in
     * @throws InvalidModelException when the network takes no such arguments or returns no single array
     * @throws DeviceOutOfMemoryException when the device's memory does not suffice
     */
    public Tensor run(Tensor... arguments) {
        try (NDManager manager = engine.newManager()) {
            NDArray[] arrays = new NDArray[arguments.length];
            for (int i = 0; i < arrays.length; i++) {
                arrays[i] = manager.create(arguments[i].toFloats(), shape(arguments[i]));
            }
            NDArray result = program.run(arrays).toType(DataType.FLOAT32, false);
            return Tensor.of(Arrays.stream(result.getShape().getShape()).boxed().toList(), result.toFloatArray());
        } catch (EngineException | IllegalStateException | IndexOutOfBoundsException e) {
            throw new InvalidModelException(
                    "the network cannot be run on %s: %s".formatted(Arrays.toString(arguments), e.getMessage()), e);
        }
    }

    private static Shape shape(Tensor tensor) {
        return new Shape(tensor.shape().stream().mapToLong(Long::longValue).toArray());
    }

    @Override
    public void close() {
        program.close();
    }
}
