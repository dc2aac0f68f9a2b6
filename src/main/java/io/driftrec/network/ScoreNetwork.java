package io.driftrec.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.driftrec.diffusion.ForwardProcess;

/**
 * An estimate of a score: of {@code p_t(x | y)} for an SDE, and for a bridge of what {@link ForwardProcess} says instead.
 *
 * <p>One thread at a time; the thread that evaluates is the thread that owns the device.
 */
public interface ScoreNetwork extends AutoCloseable {
    /** The process that the network was trained for. */
    ForwardProcess process();

    /** Whether it knows y itself as the state at t = 1; see {@link ModelCard#noiseFreeStart}. */
    default boolean noiseFreeStart() {
        return false;
    }

    /** Height and width of the input must be multiples of this, and at least this. */
    int sizeMultiple();

    /** A new manager on the network's device, for the caller to close. */
    NDManager newManager();

    /**
     * Evaluates the score of a batch; every sample is independent of its neighbours.
     *
     * @param x states, {@code (N, C, H, W)}, float32
     * @param y corrupted images, {@code (N, C, H, W)}, float32, in [0, 1]
     * @param t one time per sample, in (0, 1]
     * @return the scores, {@code (N, C, H, W)}, float32, attached to the manager of {@code x}
     */
    NDArray score(NDArray x, NDArray y, double[] t);

    @Override
    void close();
}
