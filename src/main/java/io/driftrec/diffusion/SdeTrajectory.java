package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/** A trajectory of a sampler that needs more of its process than a bridge has: drift and diffusion, or noise at t = 1. */
abstract class SdeTrajectory extends ReverseTrajectory {
    private final Sde sde;

    SdeTrajectory(Sde sde, NDArray y, NoiseSource noise) {
        super(sde, y, noise);
        this.sde = sde;
    }

    /** {@code x - [gamma F (y - x) - g^2 score] h}: a step of length h of the reverse SDE without its noise. */
    final LinearCombination eulerMean(NDArray score, double h) {
        double drift = sde.drift(time());
        double g = sde.diffusion(time());
        return LinearCombination.of(1 + drift * h, state())
                .plus(-drift * h, y())
                .plus(g * g * h, score);
    }

    final Sde sde() {
        return sde;
    }
}
