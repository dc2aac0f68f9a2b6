package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * Second-order multistep, DPM-Solver++(2M) with data prediction (Lu et al. 2022) on the shifted process {@code x - y}: one
 * evaluation a step. The first-order step of {@link ExponentialStep} from s to t with gain {@code h = lambda_t - lambda_s}, plus
 * a term for the slope of the clean estimate over the step before, from r to s:
 *
 * <pre>
 *   D   = (x0_hat_s - x0_hat_r) / (lambda_s - lambda_r)
 *   x_t = (first order) + a_t k D
 * </pre>
 *
 * <p>The first step has no slope yet, nor the step after a jump to fresh noise, and the last evaluation gives the posterior mean
 * of the clean image: N evaluations for N times.
 *
 * @param steps evaluations, 1 to 1000; at least 3 with firstJump
 * @param eta stochasticity, 0 (the probability flow) to 1 (the reverse SDE)
 * @param firstJump whether to begin with a jump to fresh noise at t = 0.5, see {@link Ddim}
 * @param correction how k is chosen
 * @param spacing how the times lie
 * @param lastTime the time of the last evaluation, t_eps
 */
public record Multistep(
        int steps, double eta, boolean firstJump, Correction correction, Spacing spacing, double lastTime)
        implements Sampler {
    /** {@link #kind()}. */
    public static final String KIND = "2m";

    /** The weight k of the slope; p is 1 for the probability flow and 2 for the reverse SDE. */
    public enum Correction {
        /** {@code h (1 - exp(-p h)) / 2}: the midpoint form of Lu et al.; the more robust one at few steps. */
        MIDPOINT {
            @Override
            double weight(ExponentialStep step) {
                return step.logSnrGain() * step.estimate() / step.signal() / 2;
            }
        },
        /** {@code h - (1 - exp(-p h)) / p}: exact for a clean estimate that is linear in lambda. */
        EXACT {
            @Override
            double weight(ExponentialStep step) {
                double loss = step.estimate() / step.signal();
                double exponent = -Math.log1p(-loss);
                return step.logSnrGain() * (1 - loss / exponent);
            }
        };

        abstract double weight(ExponentialStep step);
    }

    /** How the times lie between the first and the last. */
    public enum Spacing {
        /** Evenly in t: better from five or six steps on. */
        TIME,
        /** Evenly in the logarithm of the signal-to-noise ratio: better below. */
        LOG_SNR
    }

    public Multistep {
        TimeGrid.requirePoints(steps);
        TimeGrid.requireLastTime(lastTime);
        Ddim.requireEta(eta);
        Ddim.requireRoomForJump(firstJump, steps, lastTime);
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
        TimeGrid grid = firstJump ? gridOf(sde, Ddim.JUMP_TIME, steps - 1).afterJump() : gridOf(sde, 1, steps);
        return new MultistepTrajectory(sde, y, noise, grid, eta, firstJump, correction);
    }

    private TimeGrid gridOf(Sde sde, double first, int points) {
        return switch (spacing) {
            case TIME -> TimeGrid.uniform(first, lastTime, points);
            case LOG_SNR -> TimeGrid.uniformInLogSnr(sde, first, lastTime, points);
        };
    }
}
