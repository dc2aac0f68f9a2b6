package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * The exact score for images whose clean pixels are independent Gaussians given y: mean {@code slope y + offset}, standard
 * deviation {@code spread}. Stands in for the network.
 */
record GaussianScore(ForwardProcess process, NDArray y, double slope, double offset, double spread, boolean roundsStd) {
    static GaussianScore of(ForwardProcess process, NDArray y, double slope, double offset, double spread) {
        return new GaussianScore(process, y, slope, offset, spread, false);
    }

    NDArray at(NDArray x, double t) {
        double a = process.signal(t);
        double sigma = roundsStd ? (float) process.std(t) : process.std(t);
        if (process instanceof Bridge) {
            return ofBridge(x, a, sigma, process.level(t));
        }
        double variance = sigma * sigma + a * a * spread * spread;
        double weightOfY = a * slope + 1 - a;
        try (NDArray mean = y.mul(weightOfY).addi(a * offset)) {
            return mean.subi(x).div(variance);
        }
    }

    /** {@code (x0_hat - x) / level^2} with the posterior mean of the clean image; at t = 1 the state says nothing of it. */
    private NDArray ofBridge(NDArray x, double b, double c, double level) {
        double gain = b == 0 ? 0 : b * spread * spread / (b * b * spread * spread + c * c);
        double weightOfY = slope - gain * (b * slope + 1 - b);
        double constant = offset - gain * b * offset;
        try (NDArray known = y.mul(weightOfY).addi(constant)) {
            return x.mul(gain - 1).addi(known).div(level * level);
        }
    }

    /** Drives the trajectory to its end; its result is the trajectory's. */
    NDArray drive(Trajectory trajectory) {
        while (!trajectory.isFinished()) {
            advance(trajectory);
        }
        return trajectory.result();
    }

    void advance(Trajectory trajectory) {
        try (NDArray score = at(trajectory.state(), trajectory.time())) {
            trajectory.advance(score);
        }
    }
}
