package io.driftrec.telemetry;

import io.driftrec.batch.LaneMetrics;
import io.driftrec.kafka.LoopMetrics;
import io.driftrec.registry.UpdateMetrics;
import io.driftrec.restore.RestoreMetrics;
import io.prometheus.client.CollectorRegistry;

/** All metrics of one worker, in a registry of its own. */
public final class WorkerMetrics {
    private final CollectorRegistry registry = new CollectorRegistry();
    private final RestoreMetrics restore = new PrometheusRestoreMetrics(registry);
    private final LaneMetrics lane = new PrometheusLaneMetrics(registry);
    private final LoopMetrics loop = new PrometheusLoopMetrics(registry);
    private final UpdateMetrics updates = new PrometheusUpdateMetrics(registry);
    private final InfoGauges info = new InfoGauges(registry);

    public RestoreMetrics restore() {
        return restore;
    }

    public LaneMetrics lane() {
        return lane;
    }

    public LoopMetrics loop() {
        return loop;
    }

    public UpdateMetrics updates() {
        return updates;
    }

    public InfoGauges info() {
        return info;
    }

    CollectorRegistry registry() {
        return registry;
    }
}
