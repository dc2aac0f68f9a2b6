package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What all trajectories share: the start at t = 1, the evaluation being asked for, the count, and the ownership of arrays. A
 * sampler's own part is {@link #step}, which ends in exactly one {@link #evaluate} or {@link #finish}.
 *
 * <p>Every array lives in a manager of this trajectory's own, a child of y's. What a sampler keeps from step to step is a {@link
 * DeferredArray} like the state: it is computed with it, from what was there before.
 */
abstract class ReverseTrajectory implements Trajectory {
    private final ForwardProcess process;
    private final NDArray y;
    private final NoiseSource noise;
    private final NDManager manager;
    private final List<DeferredArray> arrays = new ArrayList<>();
    private final DeferredArray state;
    private double time = 1;
    private int evaluations;
    private boolean finished;

    /** Starts at {@code x = y + c(1) z}, with draw 0: an SDE from noise about y, a bridge from y or close to it. */
    ReverseTrajectory(ForwardProcess process, NDArray y, NoiseSource noise) {
        this.process = process;
        this.y = y;
        this.noise = noise;
        this.manager = y.getManager().newSubManager();
        this.state = newArray();
        state.become(withNoise(LinearCombination.of(1, y), process.std(1), 0));
    }

    /** Takes the score at ({@link #state()}, {@link #time()}). */
    abstract void step(NDArray score);

    @Override
    public final void advance(NDArray score) {
        take(score);
        settle();
    }

    @Override
    public final void take(NDArray score) {
        requireRunning();
        if (!score.getShape().equals(y.getShape())) {
            throw new IllegalArgumentException(
                    "score has shape " + score.getShape() + ": must be that of y, " + y.getShape());
        }
        settle();
        evaluations++;
        step(score);
    }

    @Override
    public final List<DeferredArray> deferred() {
        return arrays.stream().filter(DeferredArray::isPending).toList();
    }

    private void settle() {
        DeferredArray.settle(deferred());
    }

    /** An array that this trajectory keeps, without a value yet. */
    final DeferredArray newArray() {
        DeferredArray array = new DeferredArray(manager);
        arrays.add(array);
        return array;
    }

    /** Asks for the score at (next, t). */
    final void evaluate(LinearCombination next, double t) {
        state.become(next);
        time = t;
    }

    /** Ends with the restored image. */
    final void finish(LinearCombination restored) {
        state.become(restored);
        finished = true;
    }

    /** Standard normal values: draw 0 is for the start, k for step k, counted from 1. */
    final NoiseDraw normal(int draw) {
        return noise.draw(draw);
    }

    /** {@code mean + std z}, with the noise of a draw; none is drawn where std is 0. */
    final LinearCombination withNoise(LinearCombination mean, double std, int draw) {
        return std == 0 ? mean : mean.plus(std, normal(draw));
    }

    final int sign(int draw) {
        return noise.sign(draw);
    }

    /**
     * {@code x0_hat = (x - (1 - alpha) y + level^2 score) / alpha}: the posterior mean of the clean image (Tweedie's formula for the
     * kernel that {@link ForwardProcess} describes).
     */
    final LinearCombination cleanEstimate(NDArray score) {
        double alpha = process.scoreSignal(time);
        double level = process.level(time);
        return LinearCombination.of(1 / alpha, state())
                .plus(-(1 - alpha) / alpha, y)
                .plus(level * level / alpha, score);
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
        return present();
    }

    @Override
    public final NDArray result() {
        if (!finished) {
            throw new IllegalStateException("not finished: at t = " + time + " after " + evaluations + " evaluations");
        }
        return present();
    }

    /** In a step the state is there, while another array's next value may already have been said. */
    private NDArray present() {
        if (state.isPending()) {
            settle();
        }
        return Objects.requireNonNull(state.value());
    }

    @Override
    public final int evaluations() {
        return evaluations;
    }

    @Override
    public final void close() {
        manager.close();
    }

    private void requireRunning() {
        if (finished) {
            throw new IllegalStateException("finished after " + evaluations + " evaluations");
        }
    }
}
