package io.driftrec.telemetry;

import io.driftrec.message.FailureCode;
import io.driftrec.restore.RestoreMetrics;
import io.driftrec.restore.Stage;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.Locale;

/**
 * The service's metrics: {@code driftrec_requests_*}, {@code driftrec_stage_seconds}, {@code driftrec_bytes_total} and {@code
 * driftrec_store_retries_total}. Every series is there from the start, at zero, so that the first failure of a kind is an increase.
 */
final class PrometheusRestoreMetrics implements RestoreMetrics {
    private static final double[] SECONDS = {.005, .02, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1200};

    private final Counter started;
    private final Counter outcomes;
    private final Gauge inFlight;
    private final Histogram stages;
    private final Counter bytes;
    private final Counter retries;

    PrometheusRestoreMetrics(CollectorRegistry registry) {
        started = Counter.build(
                        "driftrec_requests_started_total",
                        "Requests that were begun: the sum of those that ended and those in flight")
                .register(registry);
        outcomes = Counter.build(
                        "driftrec_requests_total",
                        "Requests that ended, by outcome and failure code (empty unless failed)")
                .labelNames("outcome", "code")
                .register(registry);
        inFlight = Gauge.build("driftrec_requests_in_flight", "Requests between arrival and outcome")
                .register(registry);
        stages = Histogram.build("driftrec_stage_seconds", "Time of one request in one stage")
                .labelNames("stage")
                .buckets(SECONDS)
                .register(registry);
        bytes = Counter.build("driftrec_bytes_total", "Bytes of images read from sources and written to targets")
                .labelNames("direction")
                .register(registry);
        retries = Counter.build("driftrec_store_retries_total", "Accesses to a store that were tried again")
                .register(registry);
        outcomes.labels("completed", "");
        outcomes.labels("given_back", "");
        for (FailureCode code : FailureCode.values()) {
            outcomes.labels("failed", code.name());
        }
        for (Stage stage : Stage.values()) {
            stages.labels(label(stage));
        }
        bytes.labels("read");
        bytes.labels("written");
    }

    private static String label(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void started() {
        started.inc();
        inFlight.inc();
    }

    @Override
    public void completed() {
        end("completed", "");
    }

    @Override
    public void failed(FailureCode code) {
        end("failed", code.name());
    }

    @Override
    public void givenBack() {
        end("given_back", "");
    }

    private void end(String outcome, String code) {
        inFlight.dec();
        outcomes.labels(outcome, code).inc();
    }

    @Override
    public void stage(Stage stage, Duration duration) {
        stages.labels(label(stage)).observe(duration.toNanos() / 1e9);
    }

    @Override
    public void bytesRead(long count) {
        bytes.labels("read").inc(count);
    }

    @Override
    public void bytesWritten(long count) {
        bytes.labels("written").inc(count);
    }

    @Override
    public void retried() {
        retries.inc();
    }
}
