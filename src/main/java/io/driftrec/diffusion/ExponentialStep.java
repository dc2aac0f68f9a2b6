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
 * {@link ForwardProcess#posteriorStd} is stochastic DDIM (Song, Meng, Ermon 2021), and with eta = 1 the posterior q(x_t | x_s, x0_hat) of the
 * forward process; omega = sigma(t) forgets x_s. The drift to y does not stand in the way: {@code x - y} is an ordinary diffusion
 * of {@code x0 - y} with signal a and noise sigma.
 *
 * <p>The same step serves a {@link Bridge}, with b for a and c for sigma. At its end, where c is 0 and x_s is y, r falls out of
 * the sum; there it is the weight that keeps y out of the step, as the posterior of a bridge does everywhere.
 *
 * @param state weight r of x_s
 * @param estimate weight of x0_hat
 * @param image weight of y
 * @param noise weight omega of z
 * @param logSnrGain {@code h = lambda_t - lambda_s}, above 0; of no meaning where a process has no noise
 * @param signal {@code a_t}
 */
record ExponentialStep(double state, double estimate, double image, double noise, double logSnrGain, double signal) {

    static ExponentialStep between(ForwardProcess process, double s, double t, double omega) {
        double sigma = process.std(t);
        double last = process.std(s);
        double r = last > 0 ? Math.sqrt(sigma * sigma - omega * omega) / last : withoutImage(process, s, t);
        return of(process, s, t, r, omega);
    }

    /** The step over a bridge that keeps its mean and takes no noise: that of a bridge which has none. */
    static ExponentialStep ofMean(ForwardProcess bridge, double s, double t) {
        return of(bridge, s, t, withoutImage(bridge, s, t), 0);
    }

    private static ExponentialStep of(ForwardProcess process, double s, double t, double r, double omega) {
        double a = process.signal(t);
        double estimate = a - r * process.signal(s);
        return new ExponentialStep(r, estimate, 1 - r - estimate, omega, process.logSnr(t) - process.logSnr(s), a);
    }

    private static double withoutImage(ForwardProcess process, double s, double t) {
        return (1 - process.signal(t)) / (1 - process.signal(s));
    }

    /** The step of stochasticity eta; one that jumps to fresh noise takes all of sigma(t) anew. */
    static ExponentialStep of(Sde sde, double s, double t, double eta, boolean isJump) {
        return between(sde, s, t, isJump ? sde.std(t) : eta * sde.posteriorStd(s, t));
    }

    /** The first-order part of x_t, to which a sampler adds its slope and its noise. */
    LinearCombination mean(LinearCombination cleanEstimate, NDArray x, NDArray y) {
        return LinearCombination.of(estimate, cleanEstimate).plus(state, x).plus(image, y);
    }
}
