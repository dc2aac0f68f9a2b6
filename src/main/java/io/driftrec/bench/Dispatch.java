package io.driftrec.bench;

import io.driftrec.batch.Lane;
import io.driftrec.batch.RestorationJob;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Hands arriving images to a lane as a {@link Batching} has it, and notes how long each takes. Safe for use by several threads. */
final class Dispatch {
    private record Waiting(double arrived, RestorationJob job) {}

    private final Lane lane;
    private final Batching batching;
    private final int slots;
    private final DoubleSupplier now;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final double[] latencies;
    private int running;
    private int done;
    private @Nullable Throwable broken;

    /**
     * @param slots tiles in a call
     * @param now seconds since the start
     * @param images that will arrive
     */
    Dispatch(Lane lane, Batching batching, int slots, DoubleSupplier now, int images) {
        this.lane = lane;
        this.batching = batching;
        this.slots = slots;
        this.now = now;
        this.latencies = new double[images];
    }

    /**
     * Takes an image.
     *
     * @param arrived when it comes, or should have come if the caller is late: not before the image taken last
     */
    synchronized void arrive(double arrived, RestorationJob job) {
        waiting.addLast(new Waiting(arrived, job));
        submit();
    }

    /** When the first of those that wait comes, or came; now where none waits. */
    synchronized double nextArrival() {
        return waiting.isEmpty() ? now.getAsDouble() : waiting.getFirst().arrived();
    }

    /** Hands over what has come and has room. */
    synchronized void submit() {
        int room = batching.room(running, slots);
        for (int i = 0; i < room && !waiting.isEmpty() && nextArrival() <= now.getAsDouble(); i++) {
            Waiting next = waiting.removeFirst();
            running++;
            var unused =
                    lane.submit(next.job()).result().whenComplete((planes, failure) -> finish(next.arrived(), failure));
        }
    }

    private synchronized void finish(double arrived, @Nullable Throwable failure) {
        if (failure != null) {
            broken = failure;
            notifyAll();
            return;
        }
        latencies[done++] = now.getAsDouble() - arrived;
        running--;
        submit();
        notifyAll();
    }

    /** @throws IllegalStateException when an image failed: then nothing that was measured means anything */
    synchronized boolean isDone() {
        if (broken != null) {
            throw new IllegalStateException("an image failed: " + broken.getMessage(), broken);
        }
        return done == latencies.length;
    }

    synchronized void await() throws InterruptedException {
        while (!isDone()) {
            wait();
        }
    }

    synchronized double[] latencies() {
        return latencies.clone();
    }
}
