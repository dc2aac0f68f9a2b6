package io.driftrec.batch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where submitting threads hand jobs to the lane's thread. Safe for use by several threads. */
final class Intake {
    private List<RestorationTicket> arrived = new ArrayList<>();
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

    /** Takes no more jobs; a later reason replaces an earlier one. */
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

    /** Blocks until a job has arrived or {@link #wake} was called since the last time. */
    synchronized void awaitWork() throws InterruptedException {
        while (arrived.isEmpty() && !isWoken) {
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
