package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * One image's way from noise to a restored image, as a state machine that never blocks: it says which evaluation of the score
 * it needs, takes the score, and either asks again or is finished.
 *
 * <pre>{@code
 * while (!trajectory.isFinished()) {
 *     trajectory.advance(network.score(trajectory.state(), y, trajectory.time()));
 * }
 * }</pre>
 *
 * <p>Not thread-safe: one thread drives it. It owns every array it makes and frees them in {@link #close()}; an array handed
 * out stays valid until the next {@link #advance}.
 */
public interface Trajectory extends AutoCloseable {
    /** Whether the restored image is there. */
    boolean isFinished();

    /**
     * The time t of the evaluation asked for, in (0, 1].
     *
     * @throws IllegalStateException when finished
     */
    double time();

    /**
     * The state x of the evaluation asked for; {@code (C, H, W)}, of the data type of y.
     *
     * @throws IllegalStateException when finished
     */
    NDArray state();

    /**
     * Takes the score at ({@link #state()}, {@link #time()}) and goes on to the next evaluation or to the end.
     *
     * @param score {@code (C, H, W)}; stays the caller's
     * @throws IllegalStateException when finished
     */
    void advance(NDArray score);

    /**
     * Like {@link #advance}, but leaves arithmetic to the caller, who has it done together with that of other trajectories: the
     * {@link #deferred} arrays, by {@link DeferredArray#settle}. A trajectory that is asked for an array before settles its own.
     *
     * @param score must live until then
     */
    default void take(NDArray score) {
        advance(score);
    }

    /** Arrays that are not computed yet, of a start or of a score that was taken. */
    default List<DeferredArray> deferred() {
        return List.of();
    }

    /**
     * The restored image, {@code (C, H, W)}, not clamped.
     *
     * @throws IllegalStateException before the end
     */
    NDArray result();

    /** The evaluations taken so far, counted. */
    int evaluations();

    @Override
    void close();
}
