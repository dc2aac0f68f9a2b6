package io.driftrec.telemetry;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import io.prometheus.client.hotspot.GarbageCollectorExports;
import io.prometheus.client.hotspot.MemoryPoolsExports;
import io.prometheus.client.hotspot.StandardExports;
import io.prometheus.client.hotspot.ThreadExports;
import java.util.function.LongSupplier;

/** What a process is, as gauges of value 1 with labels ({@code driftrec_build_info}, {@code driftrec_model_info}), and its JVM. */
public final class InfoGauges {
    private final CollectorRegistry registry;
    private final Gauge models;

    InfoGauges(CollectorRegistry registry) {
        this.registry = registry;
        models = Gauge.build("driftrec_model_info", "Models that are served")
                .labelNames("model", "digest", "precision")
                .register(registry);
        new StandardExports().register(registry);
        new MemoryPoolsExports().register(registry);
        new GarbageCollectorExports().register(registry);
        new ThreadExports().register(registry);
    }

    public void build(String version, String device) {
        Gauge.build("driftrec_build_info", "The running version")
                .labelNames("version", "device")
                .register(registry)
                .labels(version, device)
                .set(1);
    }

    public void model(String name, String digest, String precision) {
        models.labels(name, digest, precision).set(1);
    }

    /** A gauge that is read when it is asked for. */
    public void level(String name, String help, LongSupplier value) {
        Gauge.build(name, help)
                .create()
                .setChild(new Gauge.Child() {
                    @Override
                    public double get() {
                        return value.getAsLong();
                    }
                })
                .register(registry);
    }
}
