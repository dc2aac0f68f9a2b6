package io.driftrec.batch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where submitting threads hand jobs and tasks to the lane's thread. Safe for use by several threads. */
final class Intake {
    private List<RestorationTicket> arrived = new ArrayList<>();
    private List<DeviceTask<?>> tasks = new ArrayList<>();
    private @Nullable RuntimeException closedBecause;
    private boolean isWoken;

    /**
     * Hands a job in.
     *
     * @return why it was not taken, or null when it was
     */
    synchronized @Nullable RuntimeException offer(RestorationTicket ticket) {
        if (closedBecause == null) {
            arrived.add(ticket);
            notifyAll();
        }
        return closedBecause;
    }

    /**
     * Hands a task in.
     *
     * @return why it was not taken, or null when it was
     */
    synchronized @Nullable RuntimeException offer(DeviceTask<?> task) {
        if (closedBecause == null) {
            tasks.add(task);
            notifyAll();
        }
        return closedBecause;
    }

    /** Takes no more jobs and tasks; a later reason replaces an earlier one. */
    synchronized void close(RuntimeException reason) {
        closedBecause = reason;
    }

    /** What has arrived since the last time, in order. */
    synchronized List<RestorationTicket> takeAll() {
        if (arrived.isEmpty()) {
            return List.of();
        }
        List<RestorationTicket> taken = arrived;
        arrived = new ArrayList<>();
        return taken;
    }

    /** The tasks that have arrived since the last time, in order. */
    synchronized List<DeviceTask<?>> takeTasks() {
        if (tasks.isEmpty()) {
            return List.of();
        }
        List<DeviceTask<?>> taken = tasks;
        tasks = new ArrayList<>();
        return taken;
    }

    /** Blocks until a job or a task has arrived or {@link #wake} was called since the last time. */
    synchronized void awaitWork() throws InterruptedException {
        while (arrived.isEmpty() && tasks.isEmpty() && !isWoken) {
            wait();
        }
        isWoken = false;
    }

    /** Ends the present or the next {@link #awaitWork}. */
    synchronized void wake() {
        isWoken = true;
        notifyAll();
    }
}
