package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Mean and standard deviation of {@code result - y} under the score of a Gaussian, to rounding error and without sampling: every
 * fixed-step sampler is affine in its noise, so the response to each draw alone gives its share of the variance.
 */
record GaussianMoments(double mean, double std) {
    private static final double Y = 0.4;
    private static final int DRAWS = 101;

    interface Start {
        Trajectory start(ForwardProcess process, NDArray y, NoiseSource noise);
    }

    /** {@code signDraws}: how many steps toss a sign; a sign counts as a source of variance 1. */
    static GaussianMoments of(ForwardProcess process, Start sampler, double m, double s, int signDraws) {
        double[] values = run(process, sampler, m, s, DRAWS + 1, 0);
        double variance = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            variance += square(values[draw + 1] - values[0]);
        }
        for (int draw = 1; draw <= signDraws; draw++) {
            variance += square(run(process, sampler, m, s, 1, draw)[0] - values[0]);
        }
        return new GaussianMoments(values[0] - Y, Math.sqrt(variance));
    }

    /** Wasserstein-2 distance to N(m, s^2). */
    double distance(double m, double s) {
        return Math.hypot(mean - m, std - s);
    }

    /** Element 0 gets no noise, element k + 1 gets 1 from draw k; one step has sign 1, the others 0. */
    private static double[] run(
            ForwardProcess process, Start sampler, double m, double s, int elements, int signedDraw) {
        NoiseSource unit = new NoiseSource() {
            @Override
            public NDArray normal(int draw, Shape shape, NDManager manager) {
                double[] values = new double[elements];
                if (draw + 1 < elements) {
                    values[draw + 1] = 1;
                }
                return manager.create(values, shape);
            }

            @Override
            public int sign(int draw) {
                return draw == signedDraw ? 1 : 0;
            }
        };
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray y =
                    manager.zeros(new Shape(1, 1, elements), DataType.FLOAT64).addi(Y);
            try (Trajectory trajectory = sampler.start(process, y, unit)) {
                return GaussianScore.of(process, y, 1, m, s).drive(trajectory).toDoubleArray();
            }
        }
    }

    private static double square(double x) {
        return x * x;
    }
}
