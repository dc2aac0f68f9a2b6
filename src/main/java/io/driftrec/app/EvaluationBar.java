package io.driftrec.app;

import io.driftrec.batch.ProgressListener;
import io.driftrec.evaluation.protocol.CellKey;
import io.driftrec.evaluation.protocol.EvaluationObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The progress of an evaluation, of which every image under every condition and method is an equal share. Thread-safe. */
final class EvaluationBar implements EvaluationObserver, AutoCloseable {
    private final RestorationBar bar;
    private final Map<CellKey, RestorationBar.Share> shares = new ConcurrentHashMap<>();

    EvaluationBar(int cells) {
        bar = new RestorationBar("evaluating", cells);
    }

    @Override
    public ProgressListener begun(CellKey key) {
        return share(key);
    }

    @Override
    public void ended(CellKey key) {
        share(key).finish();
    }

    private RestorationBar.Share share(CellKey key) {
        return shares.computeIfAbsent(key, cell -> bar.image());
    }

    @Override
    public void close() {
        bar.close();
    }
}
