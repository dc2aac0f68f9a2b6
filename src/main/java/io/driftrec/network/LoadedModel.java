package io.driftrec.network;

/**
 * A model that is ready to evaluate. Closing it frees the device's memory.
 *
 * @param digest SHA-256 of the weights file, in hexadecimal: the identity of the model in results
 * @param precision in which the network computes
 * @param device where it computes: {@code cpu} or {@code cuda:N}
 */
public record LoadedModel(ModelCard card, String digest, Precision precision, String device, ScoreNetwork network)
        implements AutoCloseable {
    @Override
    public void close() {
        network.close();
    }
}
