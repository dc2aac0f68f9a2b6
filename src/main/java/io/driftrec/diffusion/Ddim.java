package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * Denoising diffusion implicit models (Song, Meng, Ermon 2021) on the shifted process {@code x - y}: a first-order exponential
 * integrator, one evaluation a step; see {@link ExponentialStep}. The last evaluation gives the posterior mean of the clean image.
 *
 * <p>With {@code firstJump} the first step forgets the start and goes to t = 0.5 with fresh noise. The start is y plus noise
 * where the process at t = 1 still has a(1) = 0.37 of the clean image; the jump corrects that at no extra evaluation, and spends
 * none on times at which the noise hides all that the estimate could gain.
 *
 * @param steps evaluations, 1 to 1000; at least 3 with firstJump
 * @param eta stochasticity, 0 (the probability flow) to 1 (the reverse SDE)
 * @param firstJump whether to begin with a jump to fresh noise
 * @param lastTime the time of the last evaluation, t_eps
 */
public record Ddim(int steps, double eta, boolean firstJump, double lastTime) implements Sampler {
    /** {@link #kind()}. */
    public static final String KIND = "ddim";

    /**
     * Where the jump to fresh noise lands: sigma / a is 0.13 to 0.17 there, some three times the residual of a JPEG of quality 10. Later,
     * evaluations change nothing; earlier, the noise no longer covers what the first estimate lacks, and texture is lost.
     */
    static final double JUMP_TIME = 0.5;

    public Ddim {
        TimeGrid.requirePoints(steps);
        TimeGrid.requireLastTime(lastTime);
        requireEta(eta);
        requireRoomForJump(firstJump, steps, lastTime);
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
    public boolean forgetsStart() {
        return firstJump || steps == 1;
    }

    @Override
    public Trajectory start(ForwardProcess process, NDArray y, NoiseSource noise) {
        Sde sde = Sde.of(process, this);
        TimeGrid grid = firstJump
                ? TimeGrid.uniform(JUMP_TIME, lastTime, steps - 1).afterJump()
                : TimeGrid.uniform(steps, lastTime);
        return new DdimTrajectory(sde, y, noise, grid, eta, firstJump);
    }

    static void requireEta(double eta) {
        if (!(eta >= 0 && eta <= 1)) {
            throw new IllegalArgumentException("eta is " + eta + ": must be 0 to 1");
        }
    }

    static void requireRoomForJump(boolean firstJump, int steps, double lastTime) {
        if (firstJump && steps < 3) {
            throw new IllegalArgumentException("steps is " + steps + ": must be at least 3 with a first jump");
        }
        if (firstJump && lastTime >= JUMP_TIME) {
            throw new IllegalArgumentException(
                    "lastTime is " + lastTime + ": must be below " + JUMP_TIME + " with a first jump");
        }
    }
}
