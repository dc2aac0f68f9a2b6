package io.driftrec.bench;

import ai.djl.ndarray.NDArray;
import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.NoiseSource;
import io.driftrec.diffusion.Sampler;
import io.driftrec.diffusion.Trajectory;

/**
 * Asks for a number of evaluations and makes nothing of them: its result is y.
 *
 * @param steps evaluations
 */
record NullSampler(int steps) implements Sampler {
    @Override
    public String kind() {
        return "null";
    }

    @Override
    public int expectedEvaluations() {
        return steps;
    }

    @Override
    public Trajectory start(ForwardProcess process, NDArray y, NoiseSource noise) {
        return new Waiting(y);
    }

    private final class Waiting implements Trajectory {
        private final NDArray y;
        private int evaluations;

        Waiting(NDArray y) {
            this.y = y;
        }

        @Override
        public boolean isFinished() {
            return evaluations == steps;
        }

        @Override
        public double time() {
            return 1 - (double) evaluations / steps;
        }

        @Override
        public NDArray state() {
            return y;
        }

        @Override
        public void advance(NDArray score) {
            evaluations++;
        }

        @Override
        public NDArray result() {
            return y;
        }

        @Override
        public int evaluations() {
            return evaluations;
        }

        @Override
        public void close() {}
    }
}
