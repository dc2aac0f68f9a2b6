package io.driftrec.training;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Computes the samples of the next batches on background threads while the device works on the present one, and hands batches out
 * in the order of their samples, whichever thread was first.
 *
 * <p>Failure modes: what a sample's computation throws is thrown by {@link #next}.
 */
final class BatchPipeline implements AutoCloseable {
    private static final int BATCHES_AHEAD = 3;

    private final Patches patches;
    private final int batch;
    private final ExecutorService threads;
    private final Deque<Future<Patches.Sample>> ahead = new ArrayDeque<>();
    private long nextSample;
    private long waitedNanos;

    private BatchPipeline(Patches patches, int batch, long firstSample, ExecutorService threads) {
        this.patches = patches;
        this.batch = batch;
        this.nextSample = firstSample;
        this.threads = threads;
    }

    static BatchPipeline start(Patches patches, int batch, long firstSample, int threads) {
        ExecutorService executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "training-data");
            thread.setDaemon(true);
            return thread;
        });
        return new BatchPipeline(patches, batch, firstSample, executor);
    }

    /**
     * The next batch; waits for it where it is not ready.
     *
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    TrainingBatch next() throws InterruptedException {
        fill();
        long start = System.nanoTime();
        List<Patches.Sample> samples = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            samples.add(result(ahead.remove()));
        }
        waitedNanos += System.nanoTime() - start;
        fill();
        return new TrainingBatch(samples);
    }

    /** How long {@link #next} has waited in all. */
    Duration waited() {
        return Duration.ofNanos(waitedNanos);
    }

    private void fill() {
        while (ahead.size() < BATCHES_AHEAD * batch) {
            long sample = nextSample++;
            ahead.add(threads.submit(() -> patches.get(sample)));
        }
    }

    private static Patches.Sample result(Future<Patches.Sample> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a training sample could not be computed", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
