package io.driftrec.telemetry;

import io.driftrec.batch.LaneMetrics;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.Locale;

/**
 * The lane's metrics: {@code driftrec_lane_*}. The rate of {@code driftrec_lane_tiles_total} is evaluations per second; over the
 * rate of {@code driftrec_lane_slots_total} it is the batch fill.
 */
final class PrometheusLaneMetrics implements LaneMetrics {
    private static final double[] CALL_SECONDS = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

    private final Counter submitted;
    private final Counter ended;
    private final Counter tiles;
    private final Counter slots;
    private final Gauge maxTiles;
    private final Counter failedCalls;
    private final Histogram calls;
    private final Gauge jobs;
    private final Gauge tilesInFlight;

    PrometheusLaneMetrics(CollectorRegistry registry) {
        submitted = Counter.build("driftrec_lane_jobs_submitted_total", "Images handed to the lane")
                .register(registry);
        ended = Counter.build("driftrec_lane_jobs_ended_total", "Images that left the lane, by outcome")
                .labelNames("outcome")
                .register(registry);
        tiles = Counter.build("driftrec_lane_tiles_total", "Tile evaluations that succeeded")
                .register(registry);
        slots = Counter.build("driftrec_lane_slots_total", "Tile evaluations that the same calls had room for")
                .register(registry);
        maxTiles = Gauge.build(
                        "driftrec_lane_max_tiles",
                        "Tiles that the last network call had room for: fewer than --max-tiles after memory ran out")
                .register(registry);
        failedCalls = Counter.build("driftrec_lane_failed_calls_total", "Network calls that failed, by cause")
                .labelNames("cause")
                .register(registry);
        calls = Histogram.build("driftrec_lane_call_seconds", "Time of one network call")
                .buckets(CALL_SECONDS)
                .register(registry);
        jobs = Gauge.build("driftrec_lane_jobs", "Images in the lane, by state")
                .labelNames("state")
                .register(registry);
        tilesInFlight = Gauge.build("driftrec_lane_tiles_in_flight", "Tiles of the images that are being sampled")
                .register(registry);
        for (Outcome outcome : Outcome.values()) {
            ended.labels(label(outcome));
        }
        failedCalls.labels("out_of_memory");
        failedCalls.labels("other");
        jobs.labels("waiting");
        jobs.labels("in_flight");
    }

    private static String label(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void submitted() {
        submitted.inc();
    }

    @Override
    public void ended(Outcome outcome) {
        ended.labels(label(outcome)).inc();
    }

    @Override
    public void called(int tilesOfCall, int slotsOfCall, Duration duration) {
        tiles.inc(tilesOfCall);
        slots.inc(slotsOfCall);
        maxTiles.set(slotsOfCall);
        calls.observe(duration.toNanos() / 1e9);
    }

    @Override
    public void callFailed(int tilesOfCall, boolean outOfMemory) {
        failedCalls.labels(outOfMemory ? "out_of_memory" : "other").inc();
    }

    @Override
    public void observed(int jobsWaiting, int jobsInFlight, int tilesInFlightNow) {
        jobs.labels("waiting").set(jobsWaiting);
        jobs.labels("in_flight").set(jobsInFlight);
        tilesInFlight.set(tilesInFlightNow);
    }
}
