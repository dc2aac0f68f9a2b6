package io.driftrec.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.driftrec.evaluation.protocol.Cell;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationSummaryTest {
    @TempDir
    private Path directory;

    @Test
    void shouldAverageOverImagesAndPairGainsByImage() throws Exception {
        SampleEvaluation evaluation = SampleEvaluation.run(directory, List.of());
        MethodSummary method = evaluation.method("net/2m:10");
        MethodSummary jpeg = evaluation.method("jpeg");

        List<Double> psnr = values(method, "psnr");
        double mean = (psnr.get(0) + psnr.get(1) + psnr.get(2)) / 3;
        assertThat(method.measured()).isEqualTo(3);
        assertThat(method.metric("psnr").orElseThrow().mean()).isEqualTo(mean, offset(1e-9));
        assertThat(method.evaluations()).isEqualTo(10);
        assertThat(method.seconds()).isEqualTo(0.125);
        Statistic gain = method.gains().get("psnr");
        assertThat(gain.mean())
                .as("half of the way takes three quarters of the squared error")
                .isEqualTo(10 * Math.log10(4), offset(0.2))
                .isEqualTo(mean - jpeg.metric("psnr").orElseThrow().mean(), offset(1e-9));
        assertThat(gain.standardError().orElseThrow())
                .as("images differ more than gains")
                .isLessThan(method.metric("psnr").orElseThrow().standardError().orElseThrow());
    }

    @Test
    void shouldLeaveOutWhatFailedAndSayWhy() throws Exception {
        MethodSummary peer = SampleEvaluation.run(directory, List.of()).method(SampleEvaluation.HOSTILE);

        assertThat(peer.measured()).isEqualTo(2);
        assertThat(peer.metric("psnr").orElseThrow().count()).isEqualTo(2);
        assertThat(peer.gains().get("psnr").count()).isEqualTo(2);
        assertThat(peer.failures()).isEqualTo(Map.of("exit code 1: <boom>", List.of("cleo")));
    }

    @Test
    void shouldGiveTheCleanImageNoGainsAndTheJpegItsSize() throws Exception {
        SampleEvaluation evaluation = SampleEvaluation.run(directory, List.of());

        assertThat(evaluation.method("clean").metrics()).containsOnlyKeys("bef");
        assertThat(evaluation.method("clean").gains()).isEmpty();
        assertThat(evaluation.method("jpeg").gains()).isEmpty();
        assertThat(evaluation.summary().conditions().get(0).bitsPerPixel())
                .hasValueSatisfying(bits -> assertThat(bits.mean()).isBetween(0.5, 8.0));
    }

    private static List<Double> values(MethodSummary method, String key) {
        return method.cells().stream()
                .map(Cell::measurement)
                .map(measurement -> measurement.values().get(key))
                .toList();
    }
}
