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
    private final Sde sde;
    private final NDArray y;
    private final NoiseSource noise;
    private final NDManager manager;
    private NDArray state;
    private double time = 1;
    private int evaluations;
    private boolean finished;

    /** Starts at {@code x = y + sigma(1) z}, with draw 0. */
    ReverseTrajectory(Sde sde, NDArray y, NoiseSource noise) {
        this.sde = sde;
        this.y = y;
        this.noise = noise;
        this.manager = y.getManager().newSubManager();
        try (NDArray z = normal(0)) {
            this.state = LinearCombination.of(sde.std(1), z).plus(1, y).value();
        }
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

    /** {@code x0_hat = (x - (1 - a) y + sigma^2 score) / a}: the posterior mean of the clean image (Tweedie's formula). */
    final NDArray cleanEstimate(NDArray score) {
        double a = sde.signal(time);
        double sigma = sde.std(time);
        return LinearCombination.of(1 / a, state)
                .plus(-(1 - a) / a, y)
                .plus(sigma * sigma / a, score)
                .value();
    }

    /** {@code x - [gamma F (y - x) - g^2 score] h}: a step of length h of the reverse SDE without its noise. */
    final LinearCombination eulerMean(NDArray score, double h) {
        double drift = sde.drift(time);
        double g = sde.diffusion(time);
        return LinearCombination.of(1 + drift * h, state).plus(-drift * h, y).plus(g * g * h, score);
    }

    final Sde sde() {
        return sde;
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
