package io.driftrec.batch;

import io.driftrec.batch.LaneMetrics.Outcome;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Ends jobs: counts each once and completes its future on an executor, so that what hangs on the future (encoding, an upload)
 * never runs on the thread that owns the device.
 */
final class Replies {
    private final Executor executor;
    private final LaneMetrics metrics;

    Replies(Executor executor, LaneMetrics metrics) {
        this.executor = executor;
        this.metrics = metrics;
    }

    void restored(RestorationTicket ticket, RestoredPlanes planes) {
        end(ticket, Outcome.RESTORED, () -> ticket.result().complete(planes));
    }

    void failed(RestorationTicket ticket, RuntimeException cause) {
        end(ticket, Outcome.FAILED, () -> ticket.result().completeExceptionally(cause));
    }

    void cancelled(RestorationTicket ticket) {
        end(ticket, Outcome.CANCELLED, ticket::cancel);
    }

    private void end(RestorationTicket ticket, Outcome outcome, Runnable completion) {
        if (!ticket.tryEnd()) {
            return;
        }
        metrics.ended(outcome);
        try {
            executor.execute(completion);
        } catch (RejectedExecutionException e) {
            // the executor was stopped before the lane: an answer on the wrong thread is better than none
            completion.run();
        }
    }
}
