package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    @Test
    void shouldMeasureEveryPartAndWriteItDown(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("bench.json");

        CommandRun run = CommandRun.of(
                "bench",
                "--device",
                "cpu",
                "--batch",
                "1",
                "--max-tiles",
                "1",
                "--row-seconds",
                "0.01",
                "--rounds",
                "1",
                "--images",
                "20",
                "--seconds",
                "0",
                "--simulate",
                "1=0.01,8=0.02",
                "--json",
                json.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("share of the bare loop")
                .contains("own cost of a step with 32 slots")
                .contains("in virtual time")
                .doesNotContain("on the device,");
        JsonNode report = JsonMapper.builder().build().readTree(json.toFile());
        assertThat(report.path("evaluations")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(report.path("laneShare").path("share").path("median").asDouble())
                .isPositive();
        assertThat(report.path("inVirtualTime")).hasSize(12);
        assertThat(report.path("onDevice")).isEmpty();
    }

    @Test
    void shouldNameTheOptionThatIsWrong() {
        assertThat(CommandRun.of("bench", "--device", "cpu", "--tile", "60").err())
                .contains("--tile must be a multiple of 64: 60");
        assertThat(CommandRun.of("bench", "--device", "cpu", "--model", "none").err())
                .contains("there is no model \"none\"");
    }
}
