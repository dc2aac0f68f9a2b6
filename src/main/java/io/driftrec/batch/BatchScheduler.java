package io.driftrec.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.driftrec.network.DeviceOutOfMemoryException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In-flight batching, without a thread of its own: jobs wait in order of arrival, their samples join as slots become free, and
 * each step makes one network call with the oldest evaluations of all trajectories in flight.
 *
 * <p><b>Failure modes.</b> A sampler that throws, a result that is not finite, or an image for which the heap has no room fails
 * its job. A network call that throws is repeated for each of its evaluations alone, and those that throw alone fail their jobs.
 * A call that runs out of memory is repeated in halves. A job that does not fit beside those in flight waits until one of them
 * has ended; one that does not fit when it is already under way starts again when it has the device to itself. A job that does
 * not fit alone fails. Calls that fail in a row, whosever they are, end in {@link LaneFencedException} out of {@link #step}.
 */
final class BatchScheduler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BatchScheduler.class);

    private final LaneSettings settings;
    private final LaneMetrics metrics;
    private final LongSupplier nanoTime;
    private final Replies replies;
    private final CallBudget budget;
    private final FailureFence fence;
    private final EvaluationQueue queue = new EvaluationQueue();
    private final NetworkCall call = new NetworkCall();
    private final Deque<RestorationTicket> waiting = new ArrayDeque<>();
    private final Set<JobFlight> inFlight = new LinkedHashSet<>();
    private @Nullable JobFlight starting;
    private boolean isDeviceFull;

    BatchScheduler(LaneSettings settings, LaneMetrics metrics, LongSupplier nanoTime, Replies replies) {
        this.settings = settings;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.replies = replies;
        this.budget = new CallBudget(settings.maxTiles());
        this.fence = new FailureFence(settings.maxConsecutiveFailures());
    }

    /** Adds jobs behind those that wait. */
    void admit(Collection<RestorationTicket> tickets) {
        waiting.addAll(tickets);
    }

    /**
     * Frees what was given up, starts what there are slots for, and makes one network call.
     *
     * @return whether there was a call to make
     * @throws LaneFencedException when the device has failed too often in a row
     */
    boolean step() {
        dropGivenUp();
        startSamples();
        List<TileEvaluation> batch = queue.take(budget::tiles);
        if (!batch.isEmpty()) {
            evaluate(batch);
        }
        int tilesInFlight = inFlight.stream().mapToInt(JobFlight::tilesInFlight).sum();
        metrics.observed(waiting.size(), inFlight.size(), tilesInFlight);
        return !batch.isEmpty();
    }

    /** Frees what was given up. */
    void dropGivenUp() {
        waiting.removeIf(ticket -> {
            if (ticket.isGivenUp()) {
                replies.cancelled(ticket);
                return true;
            }
            return false;
        });
        for (JobFlight job : List.copyOf(inFlight)) {
            if (job.ticket().isGivenUp()) {
                abandon(job);
                replies.cancelled(job.ticket());
            }
        }
    }

    private void startSamples() {
        while (!isDeviceFull && slotsInFlight() < settings.maxTilesInFlight()) {
            JobFlight job = nextToStart();
            if (job == null) {
                return;
            }
            try {
                settle(job, job.startSample());
            } catch (OutOfMemoryError e) {
                fail(job, heapIsFull(e));
            } catch (RuntimeException e) {
                isDeviceFull = slotsInFlight() > 0 && isOutOfMemory(e);
                if (!isDeviceFull) {
                    fail(job, e);
                }
            }
        }
    }

    /** The job whose samples are being started, or else the one that has waited longest. */
    private @Nullable JobFlight nextToStart() {
        if (starting != null && !starting.isClosed() && starting.hasSamplesToStart()) {
            return starting;
        }
        starting = null;
        while (starting == null && !isDeviceFull && !waiting.isEmpty() && mayStart(waiting.getFirst())) {
            RestorationTicket ticket = waiting.removeFirst();
            try {
                starting = new JobFlight(ticket);
                inFlight.add(starting);
            } catch (OutOfMemoryError e) {
                replies.failed(ticket, heapIsFull(e));
            } catch (RuntimeException e) {
                isDeviceFull = !inFlight.isEmpty() && isOutOfMemory(e);
                if (isDeviceFull) {
                    waiting.addFirst(ticket);
                } else {
                    replies.failed(ticket, typed(e));
                }
            }
        }
        return starting;
    }

    /** Whether neither the job nor one in flight needs the device for itself. */
    private boolean mayStart(RestorationTicket next) {
        return inFlight.isEmpty()
                || !next.needsDeviceAlone()
                        && inFlight.stream().noneMatch(job -> job.ticket().needsDeviceAlone());
    }

    /** Tiles in flight, of which an image has no more than a call: a large one does not keep all others out. */
    private int slotsInFlight() {
        return inFlight.stream()
                .mapToInt(job -> job.slotsInFlight(settings.maxTiles()))
                .sum();
    }

    private void evaluate(List<TileEvaluation> batch) {
        CallKey key = batch.get(0).key();
        List<TileEvaluation> undelivered = batch;
        long begun = nanoTime.getAsLong();
        try (NDManager scope = key.network().newManager()) {
            NDList scores = call.scores(batch, scope);
            undelivered = List.of();
            fence.succeeded();
            metrics.called(batch.size(), budget.tiles(key), Duration.ofNanos(nanoTime.getAsLong() - begun));
            budget.fitted(batch.size(), key);
            for (int i = 0; i < batch.size(); i++) {
                deliver(batch.get(i), scores.get(i));
            }
        } catch (RuntimeException e) {
            call.close();
            if (isOutOfMemory(e)) {
                retryInHalves(undelivered, e);
            } else {
                isolate(undelivered, e);
            }
        }
    }

    private void deliver(TileEvaluation evaluation, NDArray score) {
        TrajectoryFlight flight = evaluation.flight();
        JobFlight job = flight.job();
        if (job.isClosed()) {
            return; // failed by another of its tiles in this call
        }
        try {
            if (flight.take(evaluation.tile(), score)) {
                job.reportAdvance();
                settle(job, flight);
            }
        } catch (OutOfMemoryError e) {
            fail(job, heapIsFull(e));
        } catch (RuntimeException e) {
            failOrStartAgain(job, e);
        }
    }

    /** Queues the next evaluation of a trajectory, or takes its image. */
    private void settle(JobFlight job, TrajectoryFlight flight) {
        if (!flight.isFinished()) {
            queue.add(flight);
            return;
        }
        boolean isLast = job.collect(flight);
        isDeviceFull = false;
        if (isLast) {
            RestoredPlanes result = job.result();
            release(job);
            replies.restored(job.ticket(), result);
        }
    }

    private void retryInHalves(List<TileEvaluation> batch, RuntimeException cause) {
        metrics.callFailed(batch.size(), true);
        if (batch.size() > 1) {
            CallKey key = batch.get(0).key();
            budget.reduce(batch.size(), key);
            log.warn(
                    "out of device memory with {} tiles of {} x {}; for now at most {}",
                    batch.size(),
                    key.tileHeight(),
                    key.tileWidth(),
                    budget.tiles(key));
            queue.putBack(batch);
        } else {
            batch.forEach(evaluation -> failOrStartAgain(evaluation.flight().job(), cause));
            fence.failed(cause);
        }
    }

    /** A call failed: its evaluations one by one, so that only those at fault fail their jobs. */
    private void isolate(List<TileEvaluation> batch, RuntimeException cause) {
        metrics.callFailed(batch.size(), false);
        if (batch.size() == 1) {
            fail(batch.get(0).flight().job(), cause);
        }
        fence.failed(cause);
        for (TileEvaluation evaluation : batch) {
            if (!evaluation.flight().job().isClosed()) {
                evaluate(List.of(evaluation));
            }
        }
    }

    /** A job that found no device memory beside others tries once more without them: so it ends in any case. */
    private void failOrStartAgain(JobFlight job, RuntimeException cause) {
        if (inFlight.size() == 1 || !isOutOfMemory(cause)) {
            fail(job, cause);
            return;
        }
        log.warn("an image found no device memory beside {} others and starts again alone", inFlight.size() - 1, cause);
        abandon(job);
        job.ticket().needDeviceAlone();
        waiting.addFirst(job.ticket());
    }

    private void fail(JobFlight job, RuntimeException cause) {
        abandon(job);
        replies.failed(job.ticket(), typed(cause));
    }

    /** One image too large for the heap is not the end of the lane: other images fit. */
    private static RuntimeException heapIsFull(OutOfMemoryError cause) {
        return new IllegalStateException("the worker's heap has no room for this image: " + cause.getMessage(), cause);
    }

    private static boolean isOutOfMemory(RuntimeException failure) {
        return failure instanceof DeviceOutOfMemoryException || DeviceOutOfMemoryException.isMeantBy(failure);
    }

    /** The engine has no exception type for missing memory, but our callers have a failure code for it. */
    private static RuntimeException typed(RuntimeException failure) {
        boolean isUntyped = !(failure instanceof DeviceOutOfMemoryException) && isOutOfMemory(failure);
        return isUntyped ? new DeviceOutOfMemoryException(failure) : failure;
    }

    /** Ends a job that still has evaluations queued. */
    private void abandon(JobFlight job) {
        queue.remove(job);
        release(job);
    }

    private void release(JobFlight job) {
        isDeviceFull = false;
        inFlight.remove(job);
        job.close();
        if (inFlight.isEmpty()) {
            call.close();
        }
    }

    /** Frees all device memory; the jobs are the caller's to end. */
    @Override
    public void close() {
        waiting.clear();
        for (JobFlight job : List.copyOf(inFlight)) {
            abandon(job);
        }
        call.close();
    }
}
