package io.driftrec.batch;

/** Hears of a job's progress, on the lane's thread: it must return at once. What it throws is logged and otherwise ignored. */
@FunctionalInterface
public interface ProgressListener {
    /**
     * An evaluation of the whole image is done.
     *
     * @param evaluations done so far, over all samples
     * @param expected in total, over all samples; adaptive samplers may need fewer or more
     */
    void onEvaluation(int evaluations, int expected);
}
