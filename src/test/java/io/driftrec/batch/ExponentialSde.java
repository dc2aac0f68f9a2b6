package io.driftrec.batch;

import io.driftrec.diffusion.Sde;

/** OUVE with gamma 1, sigma from 0.01 to 1, in the few lines that tests without the real one need. */
final class ExponentialSde implements Sde {
    private static final double RATIO = 100;

    @Override
    public String name() {
        return "ouve";
    }

    @Override
    public double signal(double t) {
        return Math.exp(-t);
    }

    @Override
    public double std(double t) {
        return 0.01 * Math.sqrt(Math.pow(RATIO, 2 * t) - Math.exp(-2 * t));
    }

    @Override
    public double drift(double t) {
        return 1;
    }

    @Override
    public double diffusion(double t) {
        return 0.01 * Math.pow(RATIO, t) * Math.sqrt(2 * (1 + Math.log(RATIO)));
    }
}
