package io.driftrec.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.driftrec.network.Precision;
import io.driftrec.network.Safetensors;
import io.driftrec.network.Tensor;
import io.driftrec.network.TensorEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The parameters of a training, its optimiser's moments and their average, on the first device, and one replica of the network a
 * device. A step gives every replica a batch, averages the gradients and takes one step of {@link AdamW}: two replicas with a
 * batch each do what one does with both.
 *
 * <p>One thread at a time; the replicas run on threads of their own where there are several.
 *
 * <p>Failure modes: a device without memory for a step makes it throw what the engine throws; the training cannot go on then.
 */
final class Trainer implements AutoCloseable {
    private final OptimizationSettings settings;
    private final TensorEngine engine;
    private final List<Replica> replicas = new ArrayList<>();
    private final ExecutorService threads;
    private final NDManager manager;
    private final NDArray theta;
    private final NDArray first;
    private final NDArray second;
    private final NDArray average;

    /**
     * @param engines one a device
     * @param fixed the tensors of the network that are not trained
     * @param start theta, both moments and the average
     */
    Trainer(
            TrainingPlan plan,
            List<TensorEngine> engines,
            Precision precision,
            Safetensors fixed,
            Checkpoint.Vectors start) {
        settings = plan.optimization();
        engine = engines.get(0);
        threads = Executors.newFixedThreadPool(engines.size(), task -> {
            Thread thread = new Thread(task, "training-replica");
            thread.setDaemon(true);
            return thread;
        });
        manager = engine.newManager();
        try {
            Objective objective = new Objective(plan);
            for (TensorEngine each : engines) {
                replicas.add(new Replica(each, plan.architecture(), fixed, precision, objective));
            }
            theta = manager.create(start.theta().toFloats());
            first = manager.create(start.first().toFloats());
            second = manager.create(start.second().toFloats());
            average = manager.create(start.average().toFloats());
        } catch (RuntimeException | Error e) { // the next job needs the memory
            close();
            throw e;
        }
    }

    int replicas() {
        return replicas.size();
    }

    /**
     * Takes a step; a loss or gradient that is no finite number changes nothing.
     *
     * @param batches one a replica, of equal size
     * @param step from 1
     * @return the mean loss of the batches before the step
     */
    double step(List<TrainingBatch> batches, long step, double learningRate) throws InterruptedException {
        List<Replica.Slope> slopes = slopes(batches);
        try (NDManager scope = manager.newSubManager()) {
            NDArray gradient = manager.zeros(theta.getShape());
            gradient.attach(scope);
            double loss = 0;
            for (Replica.Slope slope : slopes) {
                NDArray here = slope.gradient().toDevice(manager.getDevice(), false);
                gradient.addi(here);
                if (here != slope.gradient()) {
                    here.close();
                }
                loss += slope.loss() / slopes.size();
            }
            gradient.divi(slopes.size());
            double norm = gradient.norm().getFloat();
            if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
                return Double.NaN;
            }
            if (norm > settings.maxGradientNorm()) {
                gradient.muli(settings.maxGradientNorm() / norm);
            }
            AdamW.update(theta, first, second, gradient, step, learningRate, settings.weightDecay());
            double decay = settings.emaDecay(step);
            NDArray share = theta.mul(1 - decay);
            share.attach(scope);
            average.muli(decay).addi(share);
            return loss;
        } finally {
            slopes.forEach(Replica.Slope::close);
        }
    }

    private List<Replica.Slope> slopes(List<TrainingBatch> batches) throws InterruptedException {
        List<CompletableFuture<Replica.Slope>> running = new ArrayList<>();
        try (GradientCollector collector = engine.newGradientCollector()) {
            for (int i = 0; i < replicas.size(); i++) {
                Replica replica = replicas.get(i);
                TrainingBatch batch = batches.get(i);
                running.add(CompletableFuture.supplyAsync(() -> replica.slope(theta, batch, collector), threads));
            }
            return all(running);
        }
    }

    /** Waits for every replica, also when one fails or the thread is interrupted: what they use is closed afterwards. */
    static List<Replica.Slope> all(List<CompletableFuture<Replica.Slope>> running) throws InterruptedException {
        List<Replica.Slope> slopes = new ArrayList<>();
        RuntimeException failure = null;
        for (CompletableFuture<Replica.Slope> each : running) {
            try {
                slopes.add(each.join());
            } catch (CompletionException e) {
                failure = e.getCause() instanceof RuntimeException known
                        ? known
                        : new IllegalStateException("a replica failed", e.getCause());
            }
        }
        if (failure == null && !Thread.interrupted()) {
            return slopes;
        }
        slopes.forEach(Replica.Slope::close);
        if (failure != null) {
            throw failure;
        }
        throw new InterruptedException("during a step");
    }

    /** The mean loss of batches with the averaged parameters. */
    double averageLoss(List<TrainingBatch> batches) {
        double sum = 0;
        for (TrainingBatch batch : batches) {
            sum += replicas.get(0).loss(average, batch);
        }
        return sum / batches.size();
    }

    /** The averaged parameters. */
    Tensor average() {
        return Checkpoint.vector(values(average));
    }

    /** Copies of everything that steps change. */
    Checkpoint.Vectors vectors(Tensor best) {
        return new Checkpoint.Vectors(
                Checkpoint.vector(values(theta)),
                Checkpoint.vector(values(first)),
                Checkpoint.vector(values(second)),
                average(),
                best);
    }

    /** On a GPU the engine leaves the host's copy to the manager of the array, which lives as long as the training. */
    private static float[] values(NDArray array) {
        try (NDManager scope = array.getManager().newSubManager()) {
            NDArray host = array.toDevice(Device.cpu(), false);
            if (host != array) {
                host.attach(scope);
            }
            return host.toFloatArray();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        manager.close();
        replicas.forEach(Replica::close);
    }
}
