package io.driftrec.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * A model that is ready to evaluate. Closing it frees the device's memory.
 *
 * @param digest SHA-256 of the weights file, in hexadecimal: the identity of the model in results
 * @param precision in which the network computes
 * @param device where it computes: {@code cpu} or {@code cuda:N}
 */
public record LoadedModel(ModelCard card, String digest, Precision precision, String device, ScoreNetwork network)
        implements AutoCloseable {
    private static final float GREY = 0.5f;

    /**
     * Evaluates once, at the smallest size, on a grey image: weights can have the right shapes and still be worth nothing, as those of
     * a training run that has diverged. For the thread that owns the device.
     *
     * @throws InvalidModelException when the score is not finite
     * @throws DeviceOutOfMemoryException when the device has no room for it
     */
    public void check() {
        int side = network.sizeMultiple();
        try (NDManager scope = network.newManager()) {
            NDArray grey = scope.full(new Shape(1, card.architecture().outputChannels(), side, side), GREY);
            for (float value : network.score(grey, grey, new double[] {1.0}).toFloatArray()) {
                if (!Float.isFinite(value)) {
                    throw new InvalidModelException(
                            "model %s: the network's score of a grey image has the value %s, its weights are of no use"
                                    .formatted(card.name(), value));
                }
            }
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
