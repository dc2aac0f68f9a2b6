package io.driftrec.training;

/**
 * What is asked of a job that runs; the first request stays. Thread-safe.
 *
 * <p>{@link #leave} is for a trainer that ends, {@link #lose} for a job that went to another trainer: both write a checkpoint where
 * they may (see {@link JobFolder}) and tell nobody an end.
 */
public final class JobControl {
    private StopRequest request = StopRequest.NONE; // guarded by this
    private boolean isLost; // guarded by this

    /** The job is to stop, so that another trainer can go on. */
    public void leave() {
        ask(StopRequest.PAUSE);
    }

    /** The job is to stop, because another trainer has it. */
    public synchronized void lose() {
        isLost = true;
        leave();
    }

    /** Whether another trainer has the job. */
    public synchronized boolean isLost() {
        return isLost;
    }

    /** The job is to be given up. */
    public void cancel() {
        ask(StopRequest.CANCEL);
    }

    /** What has been asked. */
    public synchronized StopRequest request() {
        return request;
    }

    private synchronized void ask(StopRequest wanted) {
        if (request == StopRequest.NONE) {
            request = wanted;
        }
    }
}
