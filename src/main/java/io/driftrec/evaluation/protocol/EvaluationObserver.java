package io.driftrec.evaluation.protocol;

import io.driftrec.batch.ProgressListener;

/** Hears how an evaluation gets on. */
public interface EvaluationObserver {
    /** A cell is begun; the listener that comes back hears of its evaluations. */
    ProgressListener begun(CellKey key);

    /** A cell has an outcome, now or from an earlier run. */
    void ended(CellKey key);
}
