package io.driftrec.evaluation.report;

import io.driftrec.evaluation.protocol.Cell;
import io.driftrec.evaluation.protocol.MethodIdentity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One method under one condition: a row of a table.
 *
 * @param cells an outcome per image
 * @param metrics by key, unscaled
 * @param gains by key: the mean difference to the damaged image, paired by image
 * @param evaluations of a network per image, mean
 * @param seconds per image, mean
 */
public record MethodSummary(
        MethodIdentity method,
        List<Cell> cells,
        Map<String, Statistic> metrics,
        Map<String, Statistic> gains,
        double evaluations,
        double seconds) {
    public MethodSummary {
        cells = List.copyOf(cells);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        gains = Collections.unmodifiableMap(new LinkedHashMap<>(gains));
    }

    /** How many images were restored and measured. */
    public int measured() {
        return Math.toIntExact(cells.stream().filter(Cell::isMeasured).count());
    }

    /** The images without a measurement, by the reason. */
    public Map<String, List<String>> failures() {
        return cells.stream()
                .filter(cell -> !cell.isMeasured())
                .collect(Collectors.groupingBy(
                        cell -> cell.failure().orElse(""),
                        LinkedHashMap::new,
                        Collectors.mapping(cell -> cell.key().image(), Collectors.toList())));
    }

    /** A metric, where there is one. */
    public Optional<Statistic> metric(String key) {
        return Optional.ofNullable(metrics.get(key));
    }
}
