package io.driftrec.batch;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.Ouve;
import io.driftrec.diffusion.Sde;
import io.driftrec.network.ScoreNetwork;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The exact score where the clean image is Gaussian about 0.8 y + 0.1 with standard deviation 0.05, pixel by pixel:
 *
 * <pre>  score = -(x - mu) / (sigma^2 + (0.05 a)^2),     mu = a (0.8 y + 0.1) + (1 - a) y</pre>
 *
 * <p>Remembers its calls, and lets a test interfere before each.
 */
final class AnalyticNetwork implements ScoreNetwork {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Sde sde = new Ouve();
    private final int sizeMultiple;
    private final List<Shape> calls = new CopyOnWriteArrayList<>();
    private final Queue<NDManager> managers = new ConcurrentLinkedQueue<>();
    private Consumer<NDArray> interference = y -> {};

    AnalyticNetwork(int sizeMultiple) {
        this.sizeMultiple = sizeMultiple;
    }

    /** Runs before each call, with its y; may throw. */
    AnalyticNetwork interfere(Consumer<NDArray> consumer) {
        interference = consumer;
        return this;
    }

    /** The shapes of the calls that were answered. */
    List<Shape> calls() {
        return calls;
    }

    /** The arrays of its managers that are open, and of those below them. */
    int arraysAlive() {
        managers.removeIf(open -> !open.isOpen());
        return managers.stream()
                .mapToInt(open -> ((BaseNDManager) open).getManagedArrays().size())
                .sum();
    }

    @Override
    public ForwardProcess process() {
        return sde;
    }

    @Override
    public int sizeMultiple() {
        return sizeMultiple;
    }

    @Override
    public NDManager newManager() {
        NDManager opened = manager.newSubManager();
        managers.add(opened);
        return opened;
    }

    @Override
    public NDArray score(NDArray x, NDArray y, double[] t) {
        interference.accept(y);
        NDManager scope = x.getManager();
        float[] a = new float[t.length];
        float[] variance = new float[t.length];
        for (int i = 0; i < t.length; i++) {
            a[i] = (float) sde.signal(t[i]);
            variance[i] = (float) (Math.pow(sde.std(t[i]), 2) + Math.pow(0.05 * sde.signal(t[i]), 2));
        }
        Shape perSample = new Shape(t.length, 1, 1, 1);
        NDArray shift = y.mul(-0.2).add(0.1).mul(scope.create(a, perSample));
        calls.add(x.getShape());
        return y.add(shift).sub(x).div(scope.create(variance, perSample));
    }

    @Override
    public void close() {
        manager.close();
    }
}
