package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * The stochastic Heun method (A. J. Roberts, "Modify the improved Euler scheme to integrate stochastic differential equations",
 * 2012) on the reverse SDE: two evaluations a step. With {@code f(x, t) = -gamma F (y - x) + g^2 score}:
 *
 * <pre>
 *   K1 = f(x, t) h          + (sqrt(h) z + S sqrt(h)) g(t)
 *   K2 = f(x + K1, t - h) h + (sqrt(h) z - S sqrt(h)) g(t - h)
 *   x <- x + (K1 + K2) / 2
 * </pre>
 *
 * <p>S is one random sign for the whole image, as in the authors' code. Because g depends on t alone, S = 0 solves the same
 * equation, and it spares the predictor a shift of brightness by up to {@code sqrt(h) g}; see {@code randomSign}.
 *
 * <p>Official variant: where t - h is not above 0 the step is an Euler-Maruyama one; the result is the last step's mean,
 * {@code x + [f(x, t) + f(x + K1, t - h)] h / 2}. Consistent variant: t - h is the next time, and the last evaluation gives the
 * posterior mean of the clean image.
 *
 * @param variant the step length h and the last step
 * @param steps times, 1 to 1000
 * @param lastTime the last of these times, t_eps
 * @param randomSign whether S is -1 or +1 at random; else 0
 */
public record EulerHeun(Variant variant, int steps, double lastTime, boolean randomSign) implements Sampler {
    /** {@link #kind()}. */
    public static final String KIND = "euler-heun";

    public EulerHeun {
        TimeGrid.requirePoints(steps);
        TimeGrid.requireLastTime(lastTime);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int expectedEvaluations() {
        if (variant == Variant.CONSISTENT) {
            return 2 * steps - 1;
        }
        TimeGrid grid = TimeGrid.uniform(steps, lastTime);
        int evaluations = 0;
        for (int index = 0; index < steps; index++) {
            evaluations += hasCorrector(grid.at(index), 1.0 / steps) ? 2 : 1;
        }
        return evaluations;
    }

    /** Whether a step of the official variant from t has room for its second evaluation. */
    static boolean hasCorrector(double t, double h) {
        return t - h > 0;
    }

    @Override
    public boolean fits(ForwardProcess process) {
        return process instanceof Sde;
    }

    @Override
    public Trajectory start(ForwardProcess process, NDArray y, NoiseSource noise) {
        Sde sde = Sde.of(process, this);
        return new EulerHeunTrajectory(this, sde, y, noise);
    }
}
