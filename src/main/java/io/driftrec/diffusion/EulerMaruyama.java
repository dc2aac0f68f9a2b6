package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * Euler-Maruyama on the reverse SDE, the sampler of the DriftRec paper: one evaluation a step.
 *
 * <pre>  x <- x - [gamma F (y - x) - g^2 score] h + g sqrt(h) z</pre>
 *
 * @param variant the step length h and the last step
 * @param steps evaluations, 1 to 1000
 * @param lastTime the time of the last evaluation, t_eps
 */
public record EulerMaruyama(Variant variant, int steps, double lastTime) implements Sampler {
    /** {@link #kind()}. */
    public static final String KIND = "euler-maruyama";

    public EulerMaruyama {
        TimeGrid.requirePoints(steps);
        TimeGrid.requireLastTime(lastTime);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int expectedEvaluations() {
        return steps;
    }

    @Override
    public boolean fits(ForwardProcess process) {
        return process instanceof Sde;
    }

    @Override
    public Trajectory start(ForwardProcess process, NDArray y, NoiseSource noise) {
        Sde sde = Sde.of(process, this);
        return new EulerMaruyamaTrajectory(this, sde, y, noise);
    }
}
