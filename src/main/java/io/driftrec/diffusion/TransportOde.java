package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * The way back over a bridge without its noise: {@code x_t = r x_s + (1 - r) x0_hat} with {@code r = (1 - b(t)) / (1 - b(s))}, the
 * Euler method of the optimal transport equation (Liu et al., "I2SB", 2023, where it is called OT-ODE) and InDI with constant
 * noise. Meant for a bridge that was trained with little or no noise; of others it leaves the path. Times as in {@link Posterior}.
 *
 * @param steps evaluations, 1 to 1000
 */
public record TransportOde(int steps) implements Sampler {
    /** {@link #kind()}. */
    public static final String KIND = "ot-ode";

    public TransportOde {
        TimeGrid.requirePoints(steps);
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
        return process instanceof Bridge;
    }

    @Override
    public Trajectory start(ForwardProcess process, NDArray y, NoiseSource noise) {
        SamplerCatalogue.requireFit(this, process);
        return new PosteriorTrajectory(
                process, y, noise, TimeGrid.uniformToZero(steps), (s, t) -> ExponentialStep.ofMean(process, s, t));
    }
}
