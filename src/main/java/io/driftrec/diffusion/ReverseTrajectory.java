package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * What all trajectories share: the start at t = 1, the evaluation being asked for, the count, and the ownership of arrays. A
 * sampler's own part is {@link #step}, which ends in exactly one {@link #evaluate} or {@link #finish}.
 *
 * <p>Every array lives in a manager of this trajectory's own, a child of y's. The state asked about belongs to this class and
 * is freed when the next one replaces it; a sampler that needs it for longer keeps a copy.
 */
abstract class ReverseTrajectory implements Trajectory {
    private final ForwardProcess process;
    private final NDArray y;
    private final NoiseSource noise;
    private final NDManager manager;
    private NDArray state;
    private double time = 1;
    private int evaluations;
    private boolean finished;

    /** Starts at {@code x = y + c(1) z}, with draw 0: an SDE from noise about y, a bridge from y or close to it. */
    ReverseTrajectory(ForwardProcess process, NDArray y, NoiseSource noise) {
        this.process = process;
        this.y = y;
        this.noise = noise;
        this.manager = y.getManager().newSubManager();
        this.state = withNoise(LinearCombination.of(1, y), process.std(1), 0);
        this.state.attach(manager);
    }

    /** Takes the score at ({@link #state()}, {@link #time()}). */
    abstract void step(NDArray score);

    @Override
    public final void advance(NDArray score) {
        requireRunning();
        if (!score.getShape().equals(y.getShape())) {
            throw new IllegalArgumentException(
                    "score has shape " + score.getShape() + ": must be that of y, " + y.getShape());
        }
        evaluations++;
        step(score);
    }

    /** Asks for the score at (next, t); the array is this class's from here on. */
    final void evaluate(NDArray next, double t) {
        replaceState(next);
        time = t;
    }

    /** Ends with the restored image; the array is this class's from here on. */
    final void finish(NDArray restored) {
        replaceState(restored);
        finished = true;
    }

    /**
     * Standard normal values, named by draw, for the caller to close.
     *
     * @param draw 0 for the start, k for step k, counted from 1
     */
    final NDArray normal(int draw) {
        // the source may leave temporaries in the manager that it is given
        try (NDManager scratch = manager.newSubManager()) {
            NDArray z = noise.normal(draw, y.getShape(), scratch);
            if (z.getDataType() != y.getDataType()) {
                z = z.toType(y.getDataType(), false);
            }
            z.attach(manager);
            return z;
        }
    }

    /** {@code mean + std z}, with the noise of a draw; none is drawn where std is 0. */
    final NDArray withNoise(LinearCombination mean, double std, int draw) {
        if (std == 0) {
            return mean.value();
        }
        try (NDArray z = normal(draw)) {
            return mean.plus(std, z).value();
        }
    }

    final int sign(int draw) {
        return noise.sign(draw);
    }

    /**
     * {@code x0_hat = (x - (1 - alpha) y + level^2 score) / alpha}: the posterior mean of the clean image (Tweedie's formula for the
     * kernel that {@link ForwardProcess} describes).
     */
    final NDArray cleanEstimate(NDArray score) {
        double alpha = process.scoreSignal(time);
        double level = process.level(time);
        return LinearCombination.of(1 / alpha, state)
                .plus(-(1 - alpha) / alpha, y)
                .plus(level * level / alpha, score)
                .value();
    }

    final NDArray y() {
        return y;
    }

    @Override
    public final boolean isFinished() {
        return finished;
    }

    @Override
    public final double time() {
        requireRunning();
        return time;
    }

    @Override
    public final NDArray state() {
        requireRunning();
        return state;
    }

    @Override
    public final NDArray result() {
        if (!finished) {
            throw new IllegalStateException("not finished: at t = " + time + " after " + evaluations + " evaluations");
        }
        return state;
    }

    @Override
    public final int evaluations() {
        return evaluations;
    }

    @Override
    public final void close() {
        manager.close();
    }

    private void replaceState(NDArray next) {
        next.attach(manager);
        state.close();
        state = next;
    }

    private void requireRunning() {
        if (finished) {
            throw new IllegalStateException("finished after " + evaluations + " evaluations");
        }
    }
}
