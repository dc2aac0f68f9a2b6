package io.driftrec.batch;

import io.driftrec.diffusion.Sampler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Admission by cost: work is pulled only after its share of the limit is reserved, so that what is decoded and in flight stays
 * bounded in the unit that matters to the device, tile evaluations.
 *
 * <p>Strictly first come, first served: a small reservation does not overtake a large one that waits, so nothing starves. A cost
 * above the limit counts as the limit and so runs alone. The reserved costs never sum to more than the limit.
 *
 * <p>Safe for use by several threads. Futures are completed by the thread that makes room, outside of any lock.
 */
public final class Admission {
    private final long limit;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long reserved;

    private record Waiting(long cost, CompletableFuture<Reservation> future) {}

    /** @param limit on the sum of the costs, at least 1 */
    public Admission(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        this.limit = limit;
    }

    /**
     * The cost of an image, known before it is decoded: tiles x evaluations x samples.
     *
     * @param height in pixels, before padding
     * @param width in pixels, before padding
     * @param sizeMultiple of the network, {@link io.driftrec.network.ScoreNetwork#sizeMultiple}
     */
    public static long cost(int height, int width, Sampler sampler, int samples, Tiling tiling, int sizeMultiple) {
        int paddedHeight = ReflectPadding.padded(height, sizeMultiple);
        int paddedWidth = ReflectPadding.padded(width, sizeMultiple);
        long tiles = TilePlan.cost(paddedHeight, paddedWidth, tiling);
        return Math.multiplyExact(tiles, Math.multiplyExact((long) sampler.expectedEvaluations(), samples));
    }

    /**
     * What the lane makes of an image: its pixels with both sides padded to the network's multiple.
     *
     * @param sizeMultiple of the network, {@link io.driftrec.network.ScoreNetwork#sizeMultiple}
     */
    public static long paddedPixels(int height, int width, int sizeMultiple) {
        return (long) ReflectPadding.padded(height, sizeMultiple) * ReflectPadding.padded(width, sizeMultiple);
    }

    /**
     * Asks for a share of the limit.
     *
     * @param cost at least 1; above the limit it counts as the limit
     * @return completes when it is this request's turn and there is room; cancelling it while it waits gives its place up
     */
    public CompletableFuture<Reservation> reserve(long cost) {
        if (cost < 1) {
            throw new IllegalArgumentException("cost must be at least 1: " + cost);
        }
        Waiting request = new Waiting(Math.min(cost, limit), new CompletableFuture<>());
        request.future().whenComplete((reservation, failure) -> {
            if (failure != null) {
                giveUp(request);
            }
        });
        synchronized (this) {
            queue.addLast(request);
        }
        grant();
        return request.future();
    }

    /**
     * As {@link #reserve}, waiting for the turn.
     *
     * @throws InterruptedException when the waiting thread is interrupted; nothing is reserved then
     */
    public Reservation acquire(long cost) throws InterruptedException {
        CompletableFuture<Reservation> turn = reserve(cost);
        try {
            return turn.get();
        } catch (InterruptedException stopping) {
            if (!turn.cancel(false)) {
                turn.join().close(); // granted just now
            }
            throw stopping;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("admission does not fail", impossible);
        }
    }

    /** The sum of the costs reserved and not released; at most the limit. */
    public synchronized long reserved() {
        return reserved;
    }

    /** The number of requests that wait. */
    public synchronized int waiting() {
        return queue.size();
    }

    private void giveUp(Waiting request) {
        synchronized (this) {
            queue.remove(request);
        }
        grant();
    }

    private void release(long cost) {
        synchronized (this) {
            reserved -= cost;
        }
        grant();
    }

    private void grant() {
        List<Waiting> granted = new ArrayList<>();
        synchronized (this) {
            while (!queue.isEmpty() && reserved + queue.getFirst().cost() <= limit) {
                Waiting next = queue.removeFirst();
                reserved += next.cost();
                granted.add(next);
            }
        }
        for (Waiting request : granted) {
            Reservation reservation = new Reservation(request.cost(), this::release);
            if (!request.future().complete(reservation)) {
                reservation.close(); // cancelled in the meantime
            }
        }
    }
}
