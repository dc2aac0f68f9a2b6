package io.driftrec.evaluation.report;

import io.driftrec.evaluation.protocol.Cell;
import io.driftrec.evaluation.protocol.CellKey;
import io.driftrec.evaluation.protocol.CleanImage;
import io.driftrec.evaluation.protocol.Condition;
import io.driftrec.evaluation.protocol.EvaluationPlan;
import io.driftrec.evaluation.protocol.Journal;
import io.driftrec.evaluation.protocol.Measurement;
import io.driftrec.evaluation.protocol.Method;
import io.driftrec.evaluation.protocol.MethodIdentity.Role;
import io.driftrec.evaluation.protocol.MetricColumn;
import io.driftrec.evaluation.protocol.MetricSuite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an evaluation found: the model that every report shows.
 *
 * @param facts what the reader should know of how it was made, by name, in the order to show them
 * @param settings all that decides the numbers, by name
 * @param images how many clean images there are
 * @param columns of the tables
 * @param conditions a table each
 */
public record EvaluationSummary(
        Map<String, String> facts,
        Map<String, String> settings,
        int images,
        List<MetricColumn> columns,
        List<ConditionSummary> conditions) {
    public EvaluationSummary {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        columns = List.copyOf(columns);
        conditions = List.copyOf(conditions);
    }

    /** Sums up what the journal has of the plan. */
    public static EvaluationSummary of(
            Map<String, String> facts,
            Map<String, String> settings,
            EvaluationPlan plan,
            MetricSuite suite,
            Journal journal) {
        List<ConditionSummary> conditions = new ArrayList<>();
        for (Condition condition : plan.conditions()) {
            Map<Method, List<Cell>> cells = new LinkedHashMap<>();
            for (Method method : plan.methods()) {
                cells.put(method, cells(plan.images(), condition, method, journal));
            }
            conditions.add(summary(condition, suite, cells));
        }
        return new EvaluationSummary(facts, settings, plan.images().size(), suite.columns(), conditions);
    }

    private static List<Cell> cells(List<CleanImage> images, Condition condition, Method method, Journal journal) {
        return images.stream()
                .map(image -> journal.find(new CellKey(
                        condition.id(), image.name(), method.identity().id())))
                .flatMap(Optional::stream)
                .toList();
    }

    private static ConditionSummary summary(Condition condition, MetricSuite suite, Map<Method, List<Cell>> cells) {
        Map<String, Measurement> clean = measurements(cells, Role.CLEAN);
        Map<String, Measurement> jpeg = measurements(cells, Role.JPEG);
        List<MethodSummary> methods = new ArrayList<>();
        cells.forEach((method, outcomes) -> methods.add(summary(method, suite, outcomes, clean, jpeg)));
        List<Double> bits = jpeg.values().stream()
                .map(measurement -> measurement.values().get(MetricSuite.BITS_PER_PIXEL))
                .toList();
        return new ConditionSummary(
                condition.id(),
                condition.title(),
                bits.isEmpty() ? Optional.empty() : Optional.of(Statistic.of(bits)),
                methods);
    }

    private static MethodSummary summary(
            Method method,
            MetricSuite suite,
            List<Cell> outcomes,
            Map<String, Measurement> clean,
            Map<String, Measurement> jpeg) {
        List<Cell> measured = outcomes.stream().filter(Cell::isMeasured).toList();
        Role role = method.identity().role();
        Map<String, Statistic> metrics = new LinkedHashMap<>();
        Map<String, Statistic> gains = new LinkedHashMap<>();
        for (MetricColumn column : suite.columns()) {
            mean(measured, cell -> value(cell, column)).ifPresent(mean -> metrics.put(column.key(), mean));
            if (role == Role.MODEL || role == Role.PEER) {
                mean(measured, cell -> gain(cell, jpeg, column)).ifPresent(gain -> gains.put(column.key(), gain));
            }
        }
        if (role != Role.CLEAN) {
            distances(suite, measured, clean)
                    .forEach((key, value) -> metrics.put(key, Statistic.ofSet(measured.size(), value)));
        }
        return new MethodSummary(
                method.identity(),
                outcomes,
                metrics,
                gains,
                average(measured, Cell::evaluations),
                average(measured, Cell::seconds));
    }

    private static Optional<Statistic> mean(List<Cell> cells, Function<Cell, Optional<Double>> value) {
        List<Double> values =
                cells.stream().map(value).flatMap(Optional::stream).toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Statistic.of(values));
    }

    private static Optional<Double> value(Cell cell, MetricColumn column) {
        return Optional.ofNullable(cell.measurement().values().get(column.key()));
    }

    private static Optional<Double> gain(Cell cell, Map<String, Measurement> jpeg, MetricColumn column) {
        return Optional.ofNullable(jpeg.get(cell.key().image()))
                .map(before -> before.values().get(column.key()))
                .flatMap(before -> value(cell, column).map(after -> after - before))
                .filter(Double::isFinite); // of two perfect images nothing can be said
    }

    private static Map<String, Double> distances(MetricSuite suite, List<Cell> cells, Map<String, Measurement> clean) {
        List<Measurement> restored = cells.stream().map(Cell::measurement).toList();
        List<Measurement> reference = cells.stream()
                .map(cell -> clean.get(cell.key().image()))
                .flatMap(Stream::ofNullable)
                .toList();
        return suite.setDistances(restored, reference);
    }

    private static double average(List<Cell> cells, ToDoubleFunction<Cell> value) {
        return cells.stream().mapToDouble(value).average().orElse(0);
    }

    private static Map<String, Measurement> measurements(Map<Method, List<Cell>> cells, Role role) {
        return cells.entrySet().stream()
                .filter(entry -> entry.getKey().identity().role() == role)
                .flatMap(entry -> entry.getValue().stream())
                .filter(Cell::isMeasured)
                .collect(Collectors.toMap(
                        cell -> cell.key().image(), Cell::measurement, (first, second) -> first, TreeMap::new));
    }
}
