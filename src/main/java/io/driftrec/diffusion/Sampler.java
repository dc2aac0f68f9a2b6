package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/** A way to solve the reverse process: settings that can start any number of trajectories. Immutable. */
public interface Sampler {
    /** The name by which requests ask for it, such as {@code euler-maruyama}. */
    String kind();

    /** The evaluations that one trajectory is expected to need; exact except for adaptive samplers, where it is an estimate. */
    int expectedEvaluations();

    /** Whether this sampler can solve that process. */
    default boolean fits(ForwardProcess process) {
        return true;
    }

    /** Whether the first evaluation is asked for its clean estimate alone, and nothing else of the state at t = 1 is kept. */
    default boolean forgetsStart() {
        return false;
    }

    /**
     * Starts a trajectory at t = 1.
     *
     * @param y the corrupted image, {@code (C, H, W)}, stays the caller's and must outlive the trajectory
     * @throws IllegalArgumentException when the process does not {@link #fits fit}
     */
    Trajectory start(ForwardProcess process, NDArray y, NoiseSource noise);
}
