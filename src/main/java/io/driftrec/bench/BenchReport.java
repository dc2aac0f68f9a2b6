package io.driftrec.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run measured; a part that was left out is empty or null. Seconds, images per second and microseconds as the
 * parts' own names say.
 *
 * @param device the device and its engine in words
 * @param cores of the host
 * @param virtualCeilingImagesPerSecond of the open loops in virtual time
 * @param ceilingImagesPerSecond of those on the device
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BenchReport(
        String version,
        String model,
        String device,
        int cores,
        String precision,
        long seed,
        List<EvaluationTime> evaluations,
        @Nullable LaneShare laneShare,
        @Nullable LaneCost laneCost,
        double virtualCeilingImagesPerSecond,
        double ceilingImagesPerSecond,
        List<Latencies> inVirtualTime,
        List<Latencies> onDevice) {
    public BenchReport {
        evaluations = List.copyOf(evaluations);
        inVirtualTime = List.copyOf(inVirtualTime);
        onDevice = List.copyOf(onDevice);
    }

    /** Writes the report as JSON. */
    public void write(Path file) throws IOException {
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(file.toFile(), this);
    }
}
