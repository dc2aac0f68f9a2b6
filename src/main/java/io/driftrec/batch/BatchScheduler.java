package io.driftrec.batch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In-flight batching, without a thread of its own: each step makes one network call with the oldest evaluations of all
 * trajectories in flight ({@link LaneJobs}).
 *
 * <p><b>Failure modes.</b> A network call that throws is repeated for each of its evaluations alone, and those that throw alone
 * fail their jobs. A call that runs out of memory is repeated in halves. Calls that fail in a row, whosever they are, end in {@link
 * LaneFencedException} out of {@link #step}.
 */
final class BatchScheduler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BatchScheduler.class);

    private final LaneMetrics metrics;
    private final LongSupplier nanoTime;
    private final CallBudget budget;
    private final FailureFence fence;
    private final LaneJobs jobs;
    private final NetworkCall call = new NetworkCall();

    BatchScheduler(LaneSettings settings, LaneMetrics metrics, LongSupplier nanoTime, Replies replies) {
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        this.budget = new CallBudget(settings.maxTiles());
        this.fence = new FailureFence(settings.maxConsecutiveFailures());
        this.jobs = new LaneJobs(settings, replies);
    }

    /** Adds jobs behind those that wait. */
    void admit(Collection<RestorationTicket> tickets) {
        jobs.admit(tickets);
    }

    /** Frees what was given up. */
    void dropGivenUp() {
        jobs.dropGivenUp();
        freeIdleCall();
    }

    /**
     * Frees what was given up, starts what there are slots for, and makes one network call.
     *
     * @return whether there was a call to make
     * @throws LaneFencedException when the device has failed too often in a row
     */
    boolean step() {
        jobs.dropGivenUp();
        jobs.startSamples();
        List<TileEvaluation> batch = jobs.take(budget::tiles);
        if (!batch.isEmpty()) {
            evaluate(batch);
        }
        freeIdleCall();
        metrics.observed(jobs.waiting(), jobs.inFlight(), jobs.tilesInFlight());
        return !batch.isEmpty();
    }

    private void freeIdleCall() {
        if (jobs.inFlight() == 0) {
            call.close();
        }
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
            deliver(batch, scores);
        } catch (RuntimeException e) {
            call.close();
            if (LaneFailures.isOutOfMemory(e)) {
                retryInHalves(undelivered, e);
            } else {
                isolate(undelivered, e);
            }
        }
    }

    private void deliver(List<TileEvaluation> batch, NDList scores) {
        List<TrajectoryFlight> complete = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            TrajectoryFlight flight = batch.get(i).flight();
            try {
                // a job may have been failed by another of its tiles in this call
                if (!flight.job().isClosed() && flight.take(batch.get(i).tile(), scores.get(i))) {
                    complete.add(flight);
                }
            } catch (RuntimeException | OutOfMemoryError e) {
                jobs.failOrStartAgain(flight.job(), e);
            }
        }
        jobs.advance(complete);
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
            jobs.putBack(batch);
        } else {
            batch.forEach(
                    evaluation -> jobs.failOrStartAgain(evaluation.flight().job(), cause));
            fence.failed(cause);
        }
    }

    /** A call failed: its evaluations one by one, so that only those at fault fail their jobs. */
    private void isolate(List<TileEvaluation> batch, RuntimeException cause) {
        metrics.callFailed(batch.size(), false);
        if (batch.size() == 1) {
            jobs.fail(batch.get(0).flight().job(), cause);
        }
        fence.failed(cause);
        for (TileEvaluation evaluation : batch) {
            if (!evaluation.flight().job().isClosed()) {
                evaluate(List.of(evaluation));
            }
        }
    }

    /** Frees all device memory; the jobs are the caller's to end. */
    @Override
    public void close() {
        jobs.clear();
        call.close();
    }
}
