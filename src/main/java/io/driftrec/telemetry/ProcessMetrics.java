package io.driftrec.telemetry;

import io.driftrec.kafka.LoopMetrics;
import io.prometheus.client.CollectorRegistry;

/** What workers and trainers both export, in a registry of the process's own. */
public abstract class ProcessMetrics {
    private final CollectorRegistry registry = new CollectorRegistry();
    private final LoopMetrics loop = new PrometheusLoopMetrics(registry);
    private final InfoGauges info = new InfoGauges(registry);

    ProcessMetrics() {}

    public final LoopMetrics loop() {
        return loop;
    }

    public final InfoGauges info() {
        return info;
    }

    final CollectorRegistry registry() {
        return registry;
    }
}
