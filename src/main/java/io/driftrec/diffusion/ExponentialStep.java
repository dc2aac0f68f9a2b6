package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * The coefficients of one step of an exponential integrator from time s to t, t below s. The process is Gaussian given x0 and y,
 * so that a step which holds the clean estimate x0_hat constant is exact for any amount of fresh noise omega in [0, sigma(t)]:
 *
 * <pre>
 *   r   = sqrt(sigma_t^2 - omega^2) / sigma_s
 *   x_t = r x_s + (a_t - r a_s) x0_hat + [(1 - a_t) - r (1 - a_s)] y + omega z
 * </pre>
 *
 * <p>omega = 0 is DDIM, which equals the first-order exponential integrator of the probability flow; omega = eta times
 * {@link #posteriorStd} is stochastic DDIM (Song, Meng, Ermon 2021), and with eta = 1 the posterior q(x_t | x_s, x0_hat) of the
 * forward process; omega = sigma(t) forgets x_s. The drift to y does not stand in the way: {@code x - y} is an ordinary diffusion
 * of {@code x0 - y} with signal a and noise sigma.
 *
 * @param state weight r of x_s
 * @param estimate weight of x0_hat
 * @param image weight of y
 * @param noise weight omega of z
 * @param logSnrGain {@code h = lambda_t - lambda_s}, above 0
 * @param signal {@code a_t}
 */
record ExponentialStep(double state, double estimate, double image, double noise, double logSnrGain, double signal) {

    static ExponentialStep between(Sde sde, double s, double t, double omega) {
        double a = sde.signal(t);
        double sigma = sde.std(t);
        double r = Math.sqrt(sigma * sigma - omega * omega) / sde.std(s);
        double estimate = a - r * sde.signal(s);
        return new ExponentialStep(r, estimate, 1 - r - estimate, omega, sde.logSnr(t) - sde.logSnr(s), a);
    }

    /** The step of stochasticity eta; one that jumps to fresh noise takes all of sigma(t) anew. */
    static ExponentialStep of(Sde sde, double s, double t, double eta, boolean isJump) {
        return between(sde, s, t, isJump ? sde.std(t) : eta * posteriorStd(sde, s, t));
    }

    /** The first-order part of x_t, to which a sampler adds its slope and its noise. */
    LinearCombination mean(NDArray cleanEstimate, NDArray x, NDArray y) {
        return LinearCombination.of(estimate, cleanEstimate).plus(state, x).plus(image, y);
    }

    /** {@code sigma_t sqrt(1 - exp(-2 h))}: the standard deviation of x_t given x_s and x0. */
    static double posteriorStd(Sde sde, double s, double t) {
        double h = sde.logSnr(t) - sde.logSnr(s);
        return sde.std(t) * Math.sqrt(-Math.expm1(-2 * h));
    }
}
