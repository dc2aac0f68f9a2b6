package io.driftrec.app;

import io.driftrec.evaluation.protocol.Labels;
import io.driftrec.network.TensorEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an evaluation measures beyond the metrics that need no network. */
final class MetricOptions {
    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "A CSV file with file,index,name per image: classify before and after restoration.")
    private @Nullable Path labels;

    Labels labels() throws IOException {
        return labels == null ? Labels.none() : Labels.read(labels);
    }

    MetricNetworks open(TensorEngine engine) {
        return new MetricNetworks(List.of(), List.of(), List.of());
    }

    Map<String, String> settings() {
        return Map.of();
    }
}
