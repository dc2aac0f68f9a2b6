package io.driftrec.evaluation.report;

import io.driftrec.evaluation.protocol.Cell;
import io.driftrec.evaluation.protocol.MetricColumn;
import io.driftrec.evaluation.protocol.MetricSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Every image under every condition and method, a line each (RFC 4180); values are unscaled. */
public final class ResultsCsv {
    private ResultsCsv() {}

    /** The file. */
    public static String of(EvaluationSummary evaluation) {
        List<String> keys = new ArrayList<>();
        evaluation.columns().stream()
                .filter(column -> column.isAvailable() && column.kind() != MetricColumn.Kind.SET)
                .forEach(column -> keys.add(column.key()));
        keys.add(MetricSuite.BITS_PER_PIXEL);
        List<String> header = new ArrayList<>(List.of("condition", "image", "method", "evaluations", "seconds"));
        header.addAll(keys);
        header.add("failure");
        StringBuilder text = new StringBuilder(line(header));
        for (ConditionSummary condition : evaluation.conditions()) {
            for (MethodSummary method : condition.methods()) {
                method.cells().forEach(cell -> text.append(line(cell, keys)));
            }
        }
        return text.toString();
    }

    private static String line(Cell cell, List<String> keys) {
        List<String> fields = new ArrayList<>(
                List.of(cell.key().condition(), cell.key().image(), cell.key().method()));
        fields.add(cell.isMeasured() ? Integer.toString(cell.evaluations()) : "");
        fields.add(cell.isMeasured() ? Double.toString(cell.seconds()) : "");
        for (String key : keys) {
            Double value = cell.measurement().values().get(key);
            fields.add(value == null ? "" : value.toString());
        }
        fields.add(cell.failure().orElse(""));
        return line(fields);
    }

    private static String line(List<String> fields) {
        return fields.stream().map(ResultsCsv::quoted).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String quoted(String field) {
        return field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
