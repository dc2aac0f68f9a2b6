package io.driftrec.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.NoiseSource;
import io.driftrec.diffusion.Sampler;
import io.driftrec.diffusion.Sde;
import io.driftrec.diffusion.Trajectory;

/**
 * A plain Euler-Maruyama sampler for tests: {@code steps} equal steps from t = 1 to 0.03; {@code failAt} (0: never) is the
 * evaluation at which it throws, {@code poisonAt} the one at which its state becomes infinite.
 */
record EulerSteps(int steps, int failAt, int poisonAt) implements Sampler {
    static EulerSteps of(int steps) {
        return new EulerSteps(steps, 0, 0);
    }

    static EulerSteps failingAt(int evaluation) {
        return new EulerSteps(10, evaluation, 0);
    }

    static EulerSteps poisonedAt(int evaluation) {
        return new EulerSteps(10, 0, evaluation);
    }

    @Override
    public String kind() {
        return "euler-steps";
    }

    @Override
    public int expectedEvaluations() {
        return steps;
    }

    @Override
    public Trajectory start(ForwardProcess process, NDArray y, NoiseSource noise) {
        return new Run((Sde) process, y, noise);
    }

    private final class Run implements Trajectory {
        private final Sde sde;
        private final NDArray y;
        private final NoiseSource noise;
        private final NDManager manager;
        private NDArray x;
        private int done;

        Run(Sde sde, NDArray y, NoiseSource noise) {
            this.sde = sde;
            this.y = y;
            this.noise = noise;
            this.manager = y.getManager().newSubManager();
            this.x = y.add(noise.normal(0, y.getShape(), manager).mul(sde.std(1)));
            this.x.attach(manager);
        }

        @Override
        public boolean isFinished() {
            return done == steps;
        }

        @Override
        public double time() {
            return 1 - 0.97 * done / steps;
        }

        @Override
        public NDArray state() {
            return x;
        }

        @Override
        public void advance(NDArray score) {
            double t = time();
            done++;
            if (done == failAt) {
                throw new IllegalStateException("the sampler fails at evaluation " + done);
            }
            double h = 0.97 / steps;
            double g = sde.diffusion(t);
            try (NDManager scope = manager.newSubManager()) {
                NDArray here = x.duplicate();
                here.attach(scope);
                NDArray next = here.sub(y).mul(h * sde.drift(t)).add(here);
                next = next.add(score.mul(h * g * g));
                if (done < steps) {
                    next = next.add(noise.normal(done, y.getShape(), scope).mul(g * Math.sqrt(h)));
                }
                if (done == poisonAt) {
                    next = next.div(0);
                }
                x.close();
                x = next;
                x.attach(manager);
            }
        }

        @Override
        public NDArray result() {
            return x;
        }

        @Override
        public int evaluations() {
            return done;
        }

        @Override
        public void close() {
            manager.close();
        }
    }
}
