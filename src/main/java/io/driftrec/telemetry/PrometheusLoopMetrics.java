package io.driftrec.telemetry;

import io.driftrec.kafka.LoopMetrics;
import io.driftrec.message.DeadLetter;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.time.Duration;

/** The Kafka side's metrics: {@code driftrec_records_*}, {@code driftrec_consumer_*} and {@code driftrec_publish_retries_total}. */
final class PrometheusLoopMetrics implements LoopMetrics {
    private final Counter received;
    private final Counter ended;
    private final Gauge inFlight;
    private final Counter publishRetries;
    private final Counter commitFailures;
    private final Counter pollFailures;
    private final Counter paused;
    private final Gauge lag;

    PrometheusLoopMetrics(CollectorRegistry registry) {
        received = Counter.build("driftrec_records_received_total", "Records given to the handler")
                .register(registry);
        ended = Counter.build(
                        "driftrec_records_ended_total",
                        "Records that ended, by outcome and reason (empty unless dead-lettered)")
                .labelNames("outcome", "reason")
                .register(registry);
        inFlight = Gauge.build("driftrec_records_in_flight", "Records received and not ended")
                .register(registry);
        publishRetries = Counter.build("driftrec_publish_retries_total", "Events that were sent again")
                .register(registry);
        commitFailures = Counter.build("driftrec_consumer_commit_failures_total", "Commits of offsets that failed")
                .register(registry);
        pollFailures = Counter.build("driftrec_consumer_poll_failures_total", "Errors that the consumer survived")
                .register(registry);
        paused = Counter.build(
                        "driftrec_consumer_paused_seconds_total", "Time without fetching because the worker was full")
                .register(registry);
        lag = Gauge.build("driftrec_consumer_lag", "Records between the first without outcome and the end of the log")
                .labelNames("topic", "partition")
                .register(registry);
        ended.labels("published", "");
        ended.labels("unanswered", "");
        ended.labels("given_back", "");
        for (DeadLetter.Reason reason : DeadLetter.Reason.values()) {
            ended.labels("dead_lettered", reason.name());
        }
    }

    @Override
    public void received() {
        received.inc();
    }

    @Override
    public void published() {
        ended.labels("published", "").inc();
    }

    @Override
    public void deadLettered(DeadLetter.Reason reason) {
        ended.labels("dead_lettered", reason.name()).inc();
    }

    @Override
    public void unanswered() {
        ended.labels("unanswered", "").inc();
    }

    @Override
    public void givenBack() {
        ended.labels("given_back", "").inc();
    }

    @Override
    public void inFlight(int records) {
        inFlight.set(records);
    }

    @Override
    public void publishRetried() {
        publishRetries.inc();
    }

    @Override
    public void commitFailed() {
        commitFailures.inc();
    }

    @Override
    public void pollFailed() {
        pollFailures.inc();
    }

    @Override
    public void paused(Duration duration) {
        paused.inc(Math.max(0, duration.toNanos()) / 1e9); // a counter throws where it would go down
    }

    @Override
    public void lag(String topic, int partition, long records) {
        lag.labels(topic, Integer.toString(partition)).set(records);
    }

    @Override
    public void unassigned(String topic, int partition) {
        lag.remove(topic, Integer.toString(partition));
    }
}
