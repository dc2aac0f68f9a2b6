package io.driftrec.evaluation.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.driftrec.evaluation.protocol.MetricColumn;
import java.util.Locale;
import java.util.Map;

/** The tables for programs: means, standard errors and gains of every condition and method; values are unscaled. */
public final class SummaryJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private SummaryJson() {}

    /** The file. */
    public static String of(EvaluationSummary evaluation) {
        ObjectNode root = MAPPER.createObjectNode().put("images", evaluation.images());
        ObjectNode facts = root.putObject("facts");
        evaluation.facts().forEach(facts::put);
        ObjectNode settings = root.putObject("settings");
        evaluation.settings().forEach(settings::put);
        ArrayNode metrics = root.putArray("metrics");
        evaluation.columns().forEach(column -> metrics.add(metric(column)));
        ArrayNode conditions = root.putArray("conditions");
        for (ConditionSummary condition : evaluation.conditions()) {
            ObjectNode node = conditions.addObject().put("id", condition.id()).put("title", condition.title());
            condition.bitsPerPixel().ifPresent(bits -> node.put("bitsPerPixel", bits.mean()));
            ArrayNode methods = node.putArray("methods");
            condition.methods().forEach(method -> methods.add(method(method)));
        }
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON is always written", e);
        }
    }

    private static ObjectNode metric(MetricColumn column) {
        return MAPPER.createObjectNode()
                .put("key", column.key())
                .put("better", column.better().name().toLowerCase(Locale.ROOT))
                .put("of", column.kind().name().toLowerCase(Locale.ROOT))
                .put("available", column.isAvailable());
    }

    private static ObjectNode method(MethodSummary method) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("id", method.method().id())
                .put("role", method.method().role().name().toLowerCase(Locale.ROOT))
                .put("samples", method.method().samples())
                .put("measured", method.measured())
                .put("failed", method.cells().size() - method.measured())
                .put("evaluationsPerImage", method.evaluations())
                .put("secondsPerImage", method.seconds());
        statistics(node.putObject("metrics"), method.metrics());
        statistics(node.putObject("gainsOverJpeg"), method.gains());
        return node;
    }

    private static void statistics(ObjectNode node, Map<String, Statistic> statistics) {
        statistics.forEach((key, value) -> {
            ObjectNode entry = node.putObject(key).put("n", value.count());
            if (Double.isFinite(value.mean())) {
                entry.put("mean", value.mean());
            } else {
                entry.put("mean", String.valueOf(value.mean())); // JSON has no infinity
            }
            value.standardError().ifPresent(error -> entry.put("standardError", error));
            value.halfWidth().ifPresent(half -> entry.put("halfWidth95", half));
        });
    }
}
