package io.driftrec.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftrec.batch.Admission;
import io.driftrec.batch.LaneMetrics;
import io.driftrec.batch.LaneMetrics.Outcome;
import io.driftrec.kafka.LoopMetrics;
import io.driftrec.message.DeadLetter;
import io.driftrec.message.FailureCode;
import io.driftrec.restore.RestoreMetrics;
import io.driftrec.restore.Stage;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What is reported arrives, and the equations of the metrics interfaces hold of what is exported. */
class WorkerMetricsTest {
    private final WorkerMetrics metrics = new WorkerMetrics();

    /** The sum over all series of the name. */
    private double sum(String name) {
        double sum = 0;
        for (MetricFamilySamples family : Collections.list(metrics.registry().metricFamilySamples())) {
            for (Sample sample : family.samples) {
                sum += sample.name.equals(name) ? sample.value : 0;
            }
        }
        return sum;
    }

    private double value(String name, String... labelsAndValues) {
        String[] labels = new String[labelsAndValues.length / 2];
        String[] values = new String[labels.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = labelsAndValues[2 * i];
            values[i] = labelsAndValues[2 * i + 1];
        }
        return metrics.registry().getSampleValue(name, labels, values);
    }

    @Test
    void shouldCountEveryRequestOnceWhateverItsEnd() {
        RestoreMetrics restore = metrics.restore();
        int started = 3 + FailureCode.values().length;
        for (int i = 0; i < started; i++) {
            restore.started();
        }
        restore.completed();
        restore.givenBack();
        for (FailureCode code : FailureCode.values()) {
            restore.failed(code);
        }

        assertThat(sum("driftrec_requests_total") + value("driftrec_requests_in_flight"))
                .isEqualTo(value("driftrec_requests_started_total"))
                .isEqualTo(started);
        assertThat(value("driftrec_requests_in_flight")).isOne();
        assertThat(value("driftrec_requests_total", "outcome", "completed", "code", ""))
                .isOne();
        assertThat(value("driftrec_requests_total", "outcome", "given_back", "code", ""))
                .isOne();
        for (FailureCode code : FailureCode.values()) {
            assertThat(value("driftrec_requests_total", "outcome", "failed", "code", code.name()))
                    .isOne();
        }
    }

    @Test
    void shouldTimeStagesAndCountBytes() {
        metrics.restore().stage(Stage.SAMPLE, Duration.ofMillis(1500));
        metrics.restore().stage(Stage.SAMPLE, Duration.ofMillis(500));
        metrics.restore().bytesRead(10);
        metrics.restore().bytesWritten(30);
        metrics.restore().retried();

        assertThat(value("driftrec_stage_seconds_count", "stage", "sample")).isEqualTo(2);
        assertThat(value("driftrec_stage_seconds_sum", "stage", "sample")).isCloseTo(2, within(1e-9));
        assertThat(value("driftrec_stage_seconds_bucket", "stage", "sample", "le", "1.0"))
                .isOne();
        assertThat(value("driftrec_bytes_total", "direction", "read")).isEqualTo(10);
        assertThat(value("driftrec_bytes_total", "direction", "written")).isEqualTo(30);
        assertThat(value("driftrec_store_retries_total")).isOne();
    }

    @Test
    void shouldCountEveryJobOfTheLaneOnce() {
        LaneMetrics lane = metrics.lane();
        for (int i = 0; i < 6; i++) {
            lane.submitted();
        }
        lane.ended(Outcome.RESTORED);
        lane.ended(Outcome.FAILED);
        lane.ended(Outcome.CANCELLED);
        lane.observed(2, 1, 9);

        assertThat(sum("driftrec_lane_jobs_ended_total") + sum("driftrec_lane_jobs"))
                .isEqualTo(value("driftrec_lane_jobs_submitted_total"));
        assertThat(value("driftrec_lane_jobs", "state", "waiting")).isEqualTo(2);
        assertThat(value("driftrec_lane_jobs", "state", "in_flight")).isOne();
        assertThat(value("driftrec_lane_tiles_in_flight")).isEqualTo(9);
    }

    @Test
    void shouldGiveTheBatchFill() {
        metrics.lane().called(3, 4, Duration.ofMillis(20));
        metrics.lane().called(1, 4, Duration.ofMillis(20));
        metrics.lane().callFailed(4, true);
        metrics.lane().callFailed(4, false);

        assertThat(value("driftrec_lane_tiles_total") / value("driftrec_lane_slots_total"))
                .isEqualTo(0.5);
        assertThat(value("driftrec_lane_max_tiles")).isEqualTo(4);
        assertThat(value("driftrec_lane_call_seconds_count")).isEqualTo(2);
        assertThat(value("driftrec_lane_failed_calls_total", "cause", "out_of_memory"))
                .isOne();
        assertThat(value("driftrec_lane_failed_calls_total", "cause", "other")).isOne();
    }

    @Test
    void shouldCountEveryRecordOnceWhateverItsEnd() {
        LoopMetrics loop = metrics.loop();
        int received = 3 + DeadLetter.Reason.values().length;
        for (int i = 0; i < received; i++) {
            loop.received();
        }
        loop.published();
        loop.givenBack();
        for (DeadLetter.Reason reason : DeadLetter.Reason.values()) {
            loop.deadLettered(reason);
        }
        loop.inFlight(1);

        assertThat(sum("driftrec_records_ended_total") + value("driftrec_records_in_flight"))
                .isEqualTo(value("driftrec_records_received_total"));
    }

    @Test
    void shouldReportTheConsumer() {
        metrics.loop().lag("driftrec.requests", 0, 5);
        metrics.loop().lag("driftrec.requests", 0, 4);
        metrics.loop().paused(Duration.ofMillis(250));
        metrics.loop().publishRetried();
        metrics.loop().commitFailed();
        metrics.loop().pollFailed();

        assertThat(value("driftrec_consumer_lag", "topic", "driftrec.requests", "partition", "0"))
                .isEqualTo(4);
        assertThat(value("driftrec_consumer_paused_seconds_total")).isEqualTo(0.25);
        assertThat(value("driftrec_publish_retries_total")).isOne();
        assertThat(value("driftrec_consumer_commit_failures_total")).isOne();
        assertThat(value("driftrec_consumer_poll_failures_total")).isOne();
    }

    @Test
    void shouldCountNothingWhenAPauseIsToldAsNegative() {
        metrics.loop().paused(Duration.ofSeconds(-1));

        assertThat(value("driftrec_consumer_paused_seconds_total")).isZero();
    }

    @Test
    void shouldReadTheAdmissionWhenAsked() {
        Admission admission = new Admission(10);
        metrics.info().admission(admission);
        admission.reserve(7);
        admission.reserve(7);

        assertThat(value("driftrec_admission_reserved_cost")).isEqualTo(7);
        assertThat(value("driftrec_admission_waiting")).isOne();
    }
}
