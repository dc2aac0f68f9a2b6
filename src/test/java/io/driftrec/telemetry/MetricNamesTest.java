package io.driftrec.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.batch.Admission;
import io.driftrec.batch.Lane;
import io.driftrec.batch.LaneMetrics;
import io.driftrec.batch.LaneSettings;
import io.driftrec.restore.ModelState;
import io.driftrec.restore.Stage;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Dashboards and alerts are written against names, types, labels and label values: a change here is a change of the public
 * contract.
 */
class MetricNamesTest {
    private final WorkerMetrics metrics = new WorkerMetrics();

    static List<String> golden(String name) throws IOException {
        try (InputStream file = MetricNamesTest.class.getResourceAsStream("/telemetry/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    /** Every series as {@code name type label=value ...}; a histogram is one line, not one per bucket. */
    static TreeSet<String> series(CollectorRegistry registry) {
        TreeSet<String> lines = new TreeSet<>();
        for (MetricFamilySamples family : Collections.list(registry.metricFamilySamples())) {
            String type = family.type.name().toLowerCase(Locale.ROOT);
            String plain = family.name + (type.equals("counter") ? "_total" : "");
            for (Sample sample : family.samples) {
                boolean isSeries = sample.name.equals(plain) || sample.name.equals(family.name + "_count");
                if (family.name.startsWith("driftrec_") && isSeries) {
                    StringBuilder line = new StringBuilder(plain + " " + type);
                    for (int i = 0; i < sample.labelNames.size(); i++) {
                        line.append(' ')
                                .append(sample.labelNames.get(i))
                                .append('=')
                                .append(sample.labelValues.get(i));
                    }
                    lines.add(line.toString());
                }
            }
        }
        return lines;
    }

    @Test
    void shouldKeepItsNamesAndLabels() throws IOException {
        metrics.info().build("VERSION", "DEVICE");
        metrics.info().model("MODEL", "DIGEST", "PRECISION", ModelState.CURRENT);
        metrics.info().admission(new Admission(1));
        metrics.info().lane(idleLane());
        metrics.loop().lag("TOPIC", 0, 1);

        assertThat(series(metrics.registry())).containsExactlyElementsOf(new TreeSet<>(golden("metrics.txt")));
    }

    private static Lane idleLane() {
        return new Lane(LaneSettings.of(1), LaneMetrics.NONE, reason -> {}, Runnable::run, System::nanoTime);
    }

    @Test
    void shouldHaveEverySeriesFromTheStart() {
        TreeSet<String> before = series(metrics.registry());

        metrics.restore().stage(Stage.DECODE, Duration.ZERO);
        metrics.restore().bytesRead(1);
        metrics.lane().observed(1, 1, 1);
        metrics.lane().callFailed(1, true);
        for (LaneMetrics.Outcome outcome : LaneMetrics.Outcome.values()) {
            metrics.lane().ended(outcome);
        }

        assertThat(series(metrics.registry())).isEqualTo(before);
    }

    @Test
    void shouldShowAVersionInOneStateUntilItIsReleased() {
        metrics.info().model("MODEL", "DIGEST", "PRECISION", ModelState.CURRENT);
        metrics.info().model("MODEL", "DIGEST", "PRECISION", ModelState.RETIRING);
        assertThat(series(metrics.registry()))
                .filteredOn(line -> line.startsWith("driftrec_model_info"))
                .containsExactly(
                        "driftrec_model_info gauge model=MODEL digest=DIGEST precision=PRECISION state=retiring");

        metrics.info().model("MODEL", "DIGEST", "PRECISION", ModelState.RELEASED);
        assertThat(series(metrics.registry())).noneMatch(line -> line.startsWith("driftrec_model_info"));
    }

    @Test
    void shouldForgetTheLagOfAPartitionThatIsNoLongerItsOwn() {
        metrics.loop().lag("driftrec.requests", 3, 12);
        metrics.loop().unassigned("driftrec.requests", 3);

        assertThat(series(metrics.registry())).noneMatch(line -> line.startsWith("driftrec_consumer_lag"));
    }

    @Test
    void shouldKeepTheRegistriesOfTwoWorkersApart() {
        WorkerMetrics other = new WorkerMetrics();
        metrics.restore().started();

        assertThat(metrics.registry().getSampleValue("driftrec_requests_in_flight"))
                .isOne();
        assertThat(other.registry().getSampleValue("driftrec_requests_in_flight"))
                .isZero();
    }
}
