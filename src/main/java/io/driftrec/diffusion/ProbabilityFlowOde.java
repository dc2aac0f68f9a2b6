package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * The probability flow ODE (Song et al. 2021; DriftRec, Table VI) by an adaptive Runge-Kutta method of order 5 (4):
 *
 * <pre>  dx/dt = gamma F (y - x) - g^2 score / 2     from t = 1 to t_eps,</pre>
 *
 * <p>then, as in the authors' code, the mean of one step of the reverse SDE, of length 1/100. That step takes its score from the
 * last stage of the last Runge-Kutta step, which lies at the same state and time; the authors evaluate it again and do not count
 * it. The evaluations are therefore the number that the paper and SciPy report: 2 + 6 per attempted step.
 *
 * <p>The error norm is this image's own; the authors take one over the whole batch, which makes an image's steps depend on its
 * neighbours.
 *
 * <p>A score that is not finite ends the trajectory at once with a result that is not finite.
 *
 * @param tolerance relative and absolute tolerance, 1e-6 to 1
 * @param lastTime where the ODE ends, t_eps
 * @param lastStep length of the last step
 */
public record ProbabilityFlowOde(double tolerance, double lastTime, double lastStep) implements Sampler {
    /** {@link #kind()}. */
    public static final String KIND = "ode";

    /** One over the paper's number of steps. */
    static final double LAST_STEP = 0.01;

    public ProbabilityFlowOde {
        TimeGrid.requireLastTime(lastTime);
        if (!(tolerance >= 1e-6 && tolerance <= 1)) {
            throw new IllegalArgumentException("tolerance is " + tolerance + ": must be 1e-6 to 1");
        }
        if (!(lastStep > 0 && lastStep <= 1)) {
            throw new IllegalArgumentException("lastStep is " + lastStep + ": must be above 0, at most 1");
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** An estimate, fitted to what smooth scores need: 26 for 1e-2, 32 for 1e-3, 56 for 1e-5. */
    @Override
    public int expectedEvaluations() {
        double attempts = Math.rint(2.7 * Math.pow(tolerance, -0.1));
        return 2 + DormandPrince.LAST_STAGE * (int) attempts;
    }

    @Override
    public boolean fits(ForwardProcess process) {
        return process instanceof Sde;
    }

    @Override
    public Trajectory start(ForwardProcess process, NDArray y, NoiseSource noise) {
        Sde sde = Sde.of(process, this);
        return new ProbabilityFlowTrajectory(this, sde, y, noise);
    }
}
