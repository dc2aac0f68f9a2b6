package io.driftrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.driftrec.network.NcsnppArchitecture;
import io.driftrec.network.Precision;
import io.driftrec.network.Safetensors;
import io.driftrec.network.TensorEngine;
import io.driftrec.network.TrainableNetwork;

/** The network on one device. One thread at a time. */
final class Replica implements AutoCloseable {
    private final Objective objective;
    private final TrainableNetwork network;
    private final NDManager manager;

    /** @param fixed has the tensors that are not trained */
    Replica(
            TensorEngine engine,
            NcsnppArchitecture architecture,
            Safetensors fixed,
            Precision precision,
            Objective objective) {
        this.objective = objective;
        this.network = TrainableNetwork.load(engine, architecture, fixed, precision);
        this.manager = engine.newManager();
    }

    /**
     * The gradient of a batch's loss, and the loss.
     *
     * @param gradient float32, of the parameters' length, for the caller to close
     */
    record Slope(NDArray gradient, double loss) implements AutoCloseable {
        @Override
        public void close() {
            gradient.close();
        }
    }

    /** @param parameters on any device; not changed */
    Slope slope(NDArray parameters, TrainingBatch batch, GradientCollector collector) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray theta = copy(parameters, scope);
            theta.setRequiresGradient(true);
            Objective.Example example = objective.example(batch, scope);
            NDArray loss = example.loss(network.predict(theta, example.input(), example.level()));
            collector.backward(loss);
            NDArray gradient = theta.getGradient();
            gradient.attach(manager);
            return new Slope(gradient, loss.getFloat());
        }
    }

    /** A leaf of its own for gradients to arrive at: the engine's copy to the device where an array already is shares its memory. */
    private static NDArray copy(NDArray parameters, NDManager scope) {
        NDArray here = parameters.toDevice(scope.getDevice(), false);
        NDArray copy = here.duplicate();
        copy.attach(scope);
        if (here != parameters) {
            here.close();
        }
        return copy;
    }

    /** The loss of a batch alone. */
    double loss(NDArray parameters, TrainingBatch batch) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray theta = copy(parameters, scope);
            Objective.Example example = objective.example(batch, scope);
            return example.loss(network.predict(theta, example.input(), example.level()))
                    .getFloat();
        }
    }

    @Override
    public void close() {
        manager.close();
        network.close();
    }
}
