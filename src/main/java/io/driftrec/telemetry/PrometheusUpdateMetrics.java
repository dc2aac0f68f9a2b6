package io.driftrec.telemetry;

import io.driftrec.registry.ModelRefusal;
import io.driftrec.registry.UpdateMetrics;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;

/** What became of announced versions of models: {@code driftrec_model_updates_total}. */
final class PrometheusUpdateMetrics implements UpdateMetrics {
    private final Counter updates;

    PrometheusUpdateMetrics(CollectorRegistry registry) {
        updates = Counter.build(
                        "driftrec_model_updates_total",
                        "Announced versions of models, by outcome and reason (empty unless refused)")
                .labelNames("outcome", "reason")
                .register(registry);
        updates.labels("accepted", "");
        updates.labels("postponed", "");
        for (ModelRefusal reason : ModelRefusal.values()) {
            updates.labels("refused", reason.name());
        }
    }

    @Override
    public void accepted() {
        updates.labels("accepted", "").inc();
    }

    @Override
    public void refused(ModelRefusal reason) {
        updates.labels("refused", reason.name()).inc();
    }

    @Override
    public void postponed() {
        updates.labels("postponed", "").inc();
    }
}
