package io.driftrec.telemetry;

import io.driftrec.batch.LaneMetrics;
import io.driftrec.registry.UpdateMetrics;
import io.driftrec.restore.RestoreMetrics;

/** All metrics of one worker, in a registry of its own. */
public final class WorkerMetrics extends ProcessMetrics {
    private final RestoreMetrics restore = new PrometheusRestoreMetrics(registry());
    private final LaneMetrics lane = new PrometheusLaneMetrics(registry());
    private final UpdateMetrics updates = new PrometheusUpdateMetrics(registry());

    public RestoreMetrics restore() {
        return restore;
    }

    public LaneMetrics lane() {
        return lane;
    }

    public UpdateMetrics updates() {
        return updates;
    }
}
