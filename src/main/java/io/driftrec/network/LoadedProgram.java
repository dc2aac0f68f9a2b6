package io.driftrec.network;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * A program in the memory of a device, ready to run. One thread at a time.
 *
 * <p>Failure modes: a device without memory for a call makes {@link #run} throw {@link DeviceOutOfMemoryException}; the
 * program stays usable, with smaller batches.
 */
final class LoadedProgram implements AutoCloseable {
    private static final String ENGINE = "PyTorch";

    private final Model model;
    private final ParameterStore store;

    private LoadedProgram(Model model) {
        this.model = model;
        this.store = new ParameterStore(model.getNDManager(), false);
    }

    static LoadedProgram load(TorchScriptProgram program, Device device) {
        return load(program.archive(), device);
    }

    /** Loads an archive from wherever it comes; the caller closes the stream. */
    static LoadedProgram load(InputStream archive, Device device) {
        Model model = Model.newInstance("driftrec", device, ENGINE);
        try {
            model.load(archive, Map.of());
            return new LoadedProgram(model);
        } catch (IOException | MalformedModelException e) {
            model.close();
            throw new InvalidModelException("the tensor engine cannot load the program: " + e.getMessage(), e);
        } catch (EngineException e) {
            model.close();
            throw DeviceOutOfMemoryException.isMeantBy(e)
                    ? new DeviceOutOfMemoryException(e)
                    : new InvalidModelException("the tensor engine cannot load the program: " + e.getMessage(), e);
        }
    }

    /**
     * Runs the program without recording what gradients would need.
     *
     * @return its result, attached to the manager of the first argument
     * @throws DeviceOutOfMemoryException when the device's memory does not suffice
     */
    NDArray run(NDArray... arguments) {
        return run(false, arguments);
    }

    /**
     * Runs the program.
     *
     * @param isTraining whether the result can be differentiated by the arguments that require it
     * @return its result, attached to the manager of the first argument
     * @throws DeviceOutOfMemoryException when the device's memory does not suffice
     */
    NDArray run(boolean isTraining, NDArray... arguments) {
        try {
            return model.getBlock()
                    .forward(store, new NDList(arguments), isTraining)
                    .singletonOrThrow();
        } catch (EngineException e) {
            if (DeviceOutOfMemoryException.isMeantBy(e)) {
                throw new DeviceOutOfMemoryException(e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
