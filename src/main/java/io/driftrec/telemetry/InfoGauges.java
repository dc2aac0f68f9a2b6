package io.driftrec.telemetry;

import io.driftrec.batch.Admission;
import io.driftrec.batch.Lane;
import io.driftrec.restore.ModelState;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import io.prometheus.client.hotspot.GarbageCollectorExports;
import io.prometheus.client.hotspot.MemoryPoolsExports;
import io.prometheus.client.hotspot.StandardExports;
import io.prometheus.client.hotspot.ThreadExports;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * What a worker is, as gauges of value 1 with labels ({@code driftrec_build_info}, {@code driftrec_model_info}), how full it is
 * ({@code driftrec_admission_*}), whether its device answers, and its JVM.
 */
public final class InfoGauges {
    private final CollectorRegistry registry;
    private final Gauge builds;
    private final Gauge models;

    InfoGauges(CollectorRegistry registry) {
        this.registry = registry;
        builds = Gauge.build("driftrec_build_info", "The running version")
                .labelNames("version", "device")
                .register(registry);
        models = Gauge.build("driftrec_model_info", "Versions of models that are loaded, by state")
                .labelNames("model", "digest", "precision", "state")
                .register(registry);
        new StandardExports().register(registry);
        new MemoryPoolsExports().register(registry);
        new GarbageCollectorExports().register(registry);
        new ThreadExports().register(registry);
    }

    public void build(String version, String device) {
        builds.labels(version, device).set(1);
    }

    /**
     * A version of a model is in this state now, and in no other; a released one is forgotten.
     *
     * @param digest of its weights
     */
    public void model(String name, String digest, String precision, ModelState state) {
        for (ModelState other : ModelState.values()) {
            if (other != state) {
                models.remove(name, digest, precision, label(other));
            }
        }
        if (state != ModelState.RELEASED) {
            models.labels(name, digest, precision, label(state)).set(1);
        }
    }

    private static String label(ModelState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** The levels of the worker's admission, read whenever they are asked for; once per worker. */
    public void admission(Admission admission) {
        level(
                "driftrec_admission_reserved_cost",
                "Tiles times evaluations decoded or in the lane",
                admission::reserved);
        level("driftrec_admission_waiting", "Images that wait for admission", admission::waiting);
    }

    /** How long the lane's step under way has lasted; once per worker. */
    public void lane(Lane lane) {
        level(
                "driftrec_lane_step_age_seconds",
                "Since the device was given the step that it is at; 0 between two",
                () -> lane.stepUnderWay().toSeconds());
    }

    private void level(String name, String help, LongSupplier value) {
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
