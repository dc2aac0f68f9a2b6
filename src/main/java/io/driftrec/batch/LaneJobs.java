package io.driftrec.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of a lane from admission to their end: those that wait, in order of arrival; those in flight, whose samples join as
 * slots become free; and the evaluations that these ask for.
 *
 * <p><b>Failure modes.</b> A sampler that throws, a result that is not finite, or an image for which the heap has no room fails
 * its job. A job that does not fit beside those in flight waits until one of them has ended; one that does not fit when it is
 * already under way starts again when it has the device to itself. A job that does not fit alone fails.
 */
final class LaneJobs {
    private static final Logger log = LoggerFactory.getLogger(LaneJobs.class);

    private final LaneSettings settings;
    private final Replies replies;
    private final EvaluationQueue queue = new EvaluationQueue();
    private final Deque<RestorationTicket> waiting = new ArrayDeque<>();
    private final Set<JobFlight> inFlight = new LinkedHashSet<>();
    private boolean isDeviceFull;

    LaneJobs(LaneSettings settings, Replies replies) {
        this.settings = settings;
        this.replies = replies;
    }

    /** Adds jobs behind those that wait. */
    void admit(Collection<RestorationTicket> tickets) {
        waiting.addAll(tickets);
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
                end(job);
                replies.cancelled(job.ticket());
            }
        }
    }

    /** Starts samples as far as there are slots and memory for them. */
    void startSamples() {
        do {
            startTogether();
        } while (slotsInFlight() == 0 && !(waiting.isEmpty() && inFlight.isEmpty()));
    }

    private void startTogether() {
        List<TrajectoryFlight> started = new ArrayList<>();
        while (!isDeviceFull && slotsInFlight() < settings.maxTilesInFlight()) {
            JobFlight job = nextToStart();
            if (job == null) {
                break;
            }
            try {
                started.add(job.startSample());
            } catch (RuntimeException | OutOfMemoryError e) {
                failOrWait(job, e);
            }
        }
        JointArithmetic.settle(started, (flight, cause) -> {
                    flight.job().withdraw(flight);
                    failOrWait(flight.job(), cause);
                })
                .forEach(this::queueOrCollect);
        if (slotsInFlight() == 0 && inFlight.size() > 1) {
            leaveOne();
        }
    }

    /** A sample could not start: its job has it started when one of those in flight has ended. */
    private void failOrWait(JobFlight job, Throwable cause) {
        isDeviceFull = LaneFailures.isOutOfMemory(cause) && (slotsInFlight() > 0 || inFlight.size() > 1);
        if (!isDeviceFull) {
            fail(job, cause);
        }
    }

    /** Jobs that hold images keep each other from starting: the oldest is to try without the others. */
    private void leaveOne() {
        Deque<JobFlight> jobs = new ArrayDeque<>(inFlight);
        jobs.removeFirst().ticket().needDeviceAlone();
        jobs.descendingIterator().forEachRemaining(job -> {
            end(job);
            waiting.addFirst(job.ticket());
        });
    }

    /** A job in flight with samples left to start, or else the one that has waited longest. */
    private @Nullable JobFlight nextToStart() {
        for (JobFlight job : inFlight) {
            if (job.hasSamplesToStart()) {
                return job;
            }
        }
        while (!isDeviceFull && !waiting.isEmpty() && mayStart(waiting.getFirst())) {
            RestorationTicket ticket = waiting.removeFirst();
            try {
                JobFlight job = new JobFlight(ticket);
                inFlight.add(job);
                return job;
            } catch (RuntimeException | OutOfMemoryError e) {
                isDeviceFull = !inFlight.isEmpty() && LaneFailures.isOutOfMemory(e);
                if (isDeviceFull) {
                    waiting.addFirst(ticket);
                } else {
                    replies.failed(ticket, LaneFailures.ofJob(e));
                }
            }
        }
        return null;
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

    /** The oldest evaluations that can share a call; see {@link EvaluationQueue#take}. */
    List<TileEvaluation> take(ToIntFunction<CallKey> slots) {
        return queue.take(slots);
    }

    /** Evaluations that were taken last wait again. */
    void putBack(List<TileEvaluation> batch) {
        queue.putBack(batch);
    }

    /** Trajectories have taken their scores, which must live until this returns: they go on, or their images are collected. */
    void advance(List<TrajectoryFlight> flights) {
        for (TrajectoryFlight flight :
                JointArithmetic.settle(flights, (failed, cause) -> failOrStartAgain(failed.job(), cause))) {
            if (!flight.job().isClosed()) {
                flight.job().reportAdvance();
                queueOrCollect(flight);
            }
        }
    }

    private void queueOrCollect(TrajectoryFlight flight) {
        if (!flight.isFinished()) {
            queue.add(flight);
            return;
        }
        JobFlight job = flight.job();
        try {
            boolean isLast = job.collect(flight);
            isDeviceFull = false;
            if (isLast) {
                RestoredPlanes result = job.result();
                end(job);
                replies.restored(job.ticket(), result);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            failOrStartAgain(job, e);
        }
    }

    /** A job that found no device memory beside others tries once more without them: so it ends in any case. */
    void failOrStartAgain(JobFlight job, Throwable cause) {
        if (inFlight.size() == 1 || !LaneFailures.isOutOfMemory(cause)) {
            fail(job, cause);
        } else if (!job.isClosed()) {
            log.warn(
                    "an image found no device memory beside {} others and starts again alone",
                    inFlight.size() - 1,
                    cause);
            end(job);
            job.ticket().needDeviceAlone();
            waiting.addFirst(job.ticket());
        }
    }

    void fail(JobFlight job, Throwable cause) {
        if (!job.isClosed()) {
            end(job);
            replies.failed(job.ticket(), LaneFailures.ofJob(cause));
        }
    }

    private void end(JobFlight job) {
        isDeviceFull = false;
        queue.remove(job);
        inFlight.remove(job);
        job.close();
    }

    int waiting() {
        return waiting.size();
    }

    int inFlight() {
        return inFlight.size();
    }

    int tilesInFlight() {
        return inFlight.stream().mapToInt(JobFlight::tilesInFlight).sum();
    }

    /** Frees all device memory; the jobs are the caller's to end. */
    void clear() {
        waiting.clear();
        List.copyOf(inFlight).forEach(this::end);
    }
}
