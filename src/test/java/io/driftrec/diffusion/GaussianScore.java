package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * The exact score for images whose clean pixels are independent Gaussians given y: mean {@code slope y + offset}, standard
 * deviation {@code spread}. Stands in for the network.
 */
record GaussianScore(Sde sde, NDArray y, double slope, double offset, double spread, boolean roundsStd) {
    static GaussianScore of(Sde sde, NDArray y, double slope, double offset, double spread) {
        return new GaussianScore(sde, y, slope, offset, spread, false);
    }

    NDArray at(NDArray x, double t) {
        double a = sde.signal(t);
        double sigma = roundsStd ? (float) sde.std(t) : sde.std(t);
        double variance = sigma * sigma + a * a * spread * spread;
        double weightOfY = a * slope + 1 - a;
        try (NDArray mean = y.mul(weightOfY).addi(a * offset)) {
            return mean.subi(x).div(variance);
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
