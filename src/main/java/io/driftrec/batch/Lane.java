package io.driftrec.batch;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one device: one thread that alone touches it, and in-flight batching of all jobs that are handed in.
 *
 * <p>Each step of the thread makes one network call with up to {@link LaneSettings#maxTiles} tile evaluations, oldest first,
 * whatever trajectory, sampler, step or time they belong to; only network and tile shape must agree. A trajectory advances when
 * all its tiles are there. New jobs join at the next step, cancelled ones leave at the next step, and an idle lane starts at
 * once.
 *
 * <p><b>Failure modes.</b> A job's own failure ends that job only. When the device fails again and again the lane is fenced: its
 * jobs end with {@link LaneFencedException}, and so does whatever is submitted later. When the thread dies of anything else they
 * end with {@link LaneStoppedException}. Both are told to the {@link LaneListener}, and neither is recovered from: the worker is
 * to be replaced. A device that hangs is seen by {@link #stepUnderWay} alone.
 *
 * <p>Safe for use by several threads.
 */
public final class Lane implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private final LaneMetrics metrics;
    private final LaneListener listener;
    private final LongSupplier nanoTime;
    private final Replies replies;
    private final BatchScheduler scheduler;
    private final Intake intake = new Intake();
    private final Set<RestorationTicket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable RuntimeException> outOfService = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private volatile boolean isClosing;
    private volatile @Nullable Long stepBegun;

    /**
     * A lane that is not running yet.
     *
     * @param replies completes the futures of jobs, off the device's thread; the caller stops it after the lane
     * @param nanoTime such as {@link System#nanoTime}
     */
    public Lane(
            LaneSettings settings,
            LaneMetrics metrics,
            LaneListener listener,
            Executor replies,
            LongSupplier nanoTime) {
        this.metrics = metrics;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.replies = new Replies(replies, metrics);
        this.scheduler = new BatchScheduler(settings, metrics, nanoTime, this.replies);
    }

    /**
     * Starts the lane's thread (a daemon, named {@code lane}).
     *
     * @throws IllegalStateException when it has been started or closed before
     */
    public void start() {
        Thread runner = new Thread(this::run, "lane");
        runner.setDaemon(true);
        if (isClosing || !thread.compareAndSet(null, runner)) {
            throw new IllegalStateException("a lane starts once");
        }
        runner.start();
    }

    /** Hands a job in. Does not wait and does not throw: a lane that takes no more jobs says so in the ticket. */
    public RestorationTicket submit(RestorationJob job) {
        RestorationTicket ticket = new RestorationTicket(job);
        metrics.submitted();
        open.add(ticket);
        ticket.result().whenComplete((result, failure) -> open.remove(ticket));
        RuntimeException broken = outOfService.get();
        RuntimeException refusal = broken != null ? broken : intake.offer(ticket);
        if (refusal != null) {
            replies.failed(ticket, refusal);
        }
        return ticket;
    }

    /**
     * Has the lane's thread do something else with the device than to sample, such as to load a network or to close one: after the
     * network call that it is in, and after jobs that were cancelled before have left. Meanwhile nothing is sampled, so what can be
     * done elsewhere should be.
     *
     * @return completed on the lane's thread, with the task's own exception when it fails, which the lane survives; with {@link
     *     LaneStoppedException} or {@link LaneFencedException} when the lane takes no more work
     */
    public <T> CompletableFuture<T> onDevice(Callable<T> action) {
        DeviceTask<T> task = new DeviceTask<>(action, new CompletableFuture<>());
        RuntimeException broken = outOfService.get();
        RuntimeException refusal = broken != null ? broken : intake.offer(task);
        if (refusal != null) {
            task.refuse(refusal);
        }
        return task.result();
    }

    /** Whether the thread runs and takes part in the work. */
    public boolean isAlive() {
        Thread runner = thread.get();
        return runner != null && runner.isAlive() && outOfService.get() == null;
    }

    /** How long the step under way has lasted; zero between two. One that does not end means that the device hangs. */
    public Duration stepUnderWay() {
        Long begun = stepBegun;
        return begun == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - begun);
    }

    /** Whether the device has failed so often that the lane gave it up. */
    public boolean isFenced() {
        return outOfService.get() instanceof LaneFencedException;
    }

    /**
     * Takes no more jobs and waits until those at hand have ended and their futures are complete.
     *
     * @return whether they have, within {@code limit}
     */
    public boolean drain(Duration limit) throws InterruptedException {
        intake.close(new LaneStoppedException("the lane is draining", null));
        CompletableFuture<?>[] results =
                open.stream().map(RestorationTicket::result).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(results).get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            return true; // a failed job has ended too
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Cancels all jobs, stops the thread after the call that it is in, and frees the device memory. Networks stay open. */
    @Override
    public void close() {
        LaneStoppedException closed = new LaneStoppedException("the lane is closed", null);
        intake.close(closed);
        isClosing = true;
        intake.wake();
        Thread runner = thread.get();
        if (runner == null) {
            scheduler.close();
        } else if (!runner.equals(Thread.currentThread())) {
            try {
                runner.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        open.forEach(replies::cancelled);
        intake.takeTasks().forEach(task -> task.refuse(closed));
    }

    private void run() {
        try {
            while (!isClosing && outOfService.get() == null) {
                if (!step()) {
                    intake.awaitWork();
                }
            }
        } catch (InterruptedException e) {
            goOutOfService(new LaneStoppedException("the lane's thread was interrupted", e));
        } finally {
            scheduler.close();
        }
    }

    /**
     * One round: takes in what was submitted and makes one network call. The lane's own thread does this; others may for a lane
     * that was never started, such as a simulation in which time is not the clock's, one thread at a time.
     *
     * @return whether there was a network call to make
     */
    public boolean step() {
        stepBegun = nanoTime.getAsLong();
        try {
            scheduler.admit(intake.takeAll());
            runTasks();
            return scheduler.step();
        } catch (LaneFencedException e) {
            goOutOfService(e);
        } catch (Throwable e) {
            goOutOfService(new LaneStoppedException("the lane's thread died", e));
        } finally {
            stepBegun = null;
        }
        return false;
    }

    private void runTasks() {
        List<DeviceTask<?>> tasks = intake.takeTasks();
        if (!tasks.isEmpty()) {
            scheduler.dropGivenUp();
            tasks.forEach(DeviceTask::run);
        }
    }

    private void goOutOfService(RuntimeException reason) {
        outOfService.set(reason);
        intake.close(reason);
        intake.wake();
        try {
            log.error("the lane is out of service", reason);
            listener.onOutOfService(reason);
        } finally {
            try {
                scheduler.close();
            } finally {
                open.forEach(ticket -> replies.failed(ticket, reason));
                intake.takeTasks().forEach(task -> task.refuse(reason));
            }
        }
    }
}
