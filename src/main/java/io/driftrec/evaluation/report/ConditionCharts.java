package io.driftrec.evaluation.report;

import io.driftrec.evaluation.protocol.MethodIdentity;
import io.driftrec.evaluation.protocol.MethodIdentity.Role;
import io.driftrec.evaluation.protocol.MetricColumn;
import io.driftrec.evaluation.protocol.MetricColumn.Better;
import io.driftrec.evaluation.protocol.MetricSuite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The charts of one condition: perception over distortion (Blau and Michaeli, "The Perception-Distortion Tradeoff", 2018), quality
 * over network evaluations and over time, and quality over the number of averaged samples.
 */
final class ConditionCharts {
    private static final String PLANE = "Perception over distortion";
    private static final String EVALUATIONS = "network evaluations per image";
    private static final String SAMPLES = "samples averaged";

    private final ConditionSummary condition;
    private final Map<String, MetricColumn> columns = new LinkedHashMap<>();
    private final ChartStyles styles;

    ConditionCharts(ConditionSummary condition, List<MetricColumn> columns, ChartStyles styles) {
        this.condition = condition;
        this.styles = styles;
        columns.stream().filter(MetricColumn::isAvailable).forEach(column -> this.columns.put(column.key(), column));
    }

    /** Those for which there is anything to draw. */
    List<XyChart> all() {
        List<XyChart> charts = new ArrayList<>();
        plane().ifPresent(charts::add);
        for (String key : List.of(MetricSuite.PSNR, MetricSuite.LPIPS, MetricSuite.SSIM, MetricSuite.BEF)) {
            overEvaluations(key).ifPresent(charts::add);
        }
        overTime(MetricSuite.LPIPS).ifPresent(charts::add);
        for (String key : List.of(MetricSuite.PSNR, MetricSuite.LPIPS)) {
            overSamples(key).ifPresent(charts::add);
        }
        return charts;
    }

    /** LPIPS over PSNR. */
    private Optional<XyChart> plane() {
        MetricColumn psnr = columns.get(MetricSuite.PSNR);
        MetricColumn lpips = columns.get(MetricSuite.LPIPS);
        if (psnr == null || lpips == null) {
            return Optional.empty();
        }
        List<Series> series = series(
                method -> method.method().role() != Role.CLEAN,
                ChartStyles::series,
                method -> point(method, shown(method, psnr), lpips, mark(method)));
        return chart(PLANE, values -> Axis.linear(psnr.title(), values), lpips, series, List.of());
    }

    private Optional<XyChart> overEvaluations(String key) {
        MetricColumn column = columns.get(key);
        if (column == null) {
            return Optional.empty();
        }
        List<Series> series = series(
                method ->
                        method.method().role() == Role.MODEL && method.method().samples() == 1,
                ChartStyles::series,
                method -> point(method, Optional.of(method.evaluations()), column, ""));
        return chart(
                name(column) + " over evaluations",
                values -> Axis.logarithmicAt(EVALUATIONS, values),
                column,
                series,
                levels(column));
    }

    /** Peers have a time too. */
    private Optional<XyChart> overTime(String key) {
        MetricColumn column = columns.get(key);
        if (column == null) {
            return Optional.empty();
        }
        List<Series> series = series(
                method -> method.method().role() == Role.PEER || method.method().role() == Role.MODEL,
                ChartStyles::series,
                method -> point(
                        method,
                        Optional.of(method.seconds()).filter(seconds -> seconds > 0),
                        column,
                        method.method().role() == Role.PEER ? "" : mark(method)));
        List<XyChart.Level> jpeg = levels(column).stream()
                .filter(level -> level.style() == Series.JPEG_STYLE)
                .toList();
        return chart(
                name(column) + " over time",
                values -> Axis.logarithmic("seconds per image", values),
                column,
                series,
                jpeg);
    }

    private Optional<XyChart> overSamples(String key) {
        MetricColumn column = columns.get(key);
        if (column == null) {
            return Optional.empty();
        }
        List<Series> series = series(
                method -> method.method().role() == Role.MODEL
                        && isAveraged(method.method().single()),
                method -> ChartStyles.series(MethodIdentity.model(method.single(), method.series(), 2)),
                method -> point(method, Optional.of((double) method.method().samples()), column, ""));
        return chart(
                name(column) + " over averaged samples",
                values -> Axis.logarithmicAt(SAMPLES, values),
                column,
                series,
                levels(column));
    }

    private boolean isAveraged(String single) {
        return condition.methods().stream()
                .anyMatch(method -> method.method().samples() > 1
                        && method.method().single().equals(single));
    }

    private List<Series> series(
            Function<MethodSummary, Boolean> isShown,
            Function<MethodIdentity, String> name,
            Function<MethodSummary, Optional<Series.Point>> point) {
        Map<String, List<Series.Point>> points = new LinkedHashMap<>();
        condition.methods().stream()
                .filter(isShown::apply)
                .sorted(Comparator.comparingDouble(MethodSummary::evaluations))
                .forEach(method -> point.apply(method)
                        .ifPresent(it -> points.computeIfAbsent(name.apply(method.method()), key -> new ArrayList<>())
                                .add(it)));
        return points.entrySet().stream()
                .map(entry -> new Series(entry.getKey(), styles.style(entry.getKey()), entry.getValue()))
                .toList();
    }

    private static Optional<Series.Point> point(
            MethodSummary method, Optional<Double> x, MetricColumn column, String label) {
        Optional<Double> y = shown(method, column);
        if (x.isEmpty() || y.isEmpty() || method.measured() == 0) {
            return Optional.empty();
        }
        String hint = method.method().title() + ": " + column.title() + " "
                + ReportTable.shown(method.metric(column.key()).orElseThrow(), column);
        return Optional.of(new Series.Point(x.get(), y.get(), label, hint));
    }

    private static Optional<Double> shown(MethodSummary method, MetricColumn column) {
        return method.metric(column.key())
                .map(value -> column.shown(value.mean()))
                .filter(Double::isFinite);
    }

    /** The damaged image and the peers, which need no evaluations. */
    private List<XyChart.Level> levels(MetricColumn column) {
        List<XyChart.Level> levels = new ArrayList<>();
        for (MethodSummary method : condition.methods()) {
            if (method.method().role() == Role.JPEG || method.method().role() == Role.PEER) {
                String name = method.method().title();
                shown(method, column)
                        .ifPresent(value -> levels.add(
                                new XyChart.Level(name, styles.style(ChartStyles.series(method.method())), value)));
            }
        }
        return levels;
    }

    private static Optional<XyChart> chart(
            String title,
            Function<List<Double>, Axis> x,
            MetricColumn y,
            List<Series> series,
            List<XyChart.Level> levels) {
        List<Series.Point> points =
                series.stream().flatMap(one -> one.points().stream()).toList();
        if (points.size() < 2) {
            return Optional.empty();
        }
        List<Double> across = points.stream().map(Series.Point::x).toList();
        List<Double> up = Stream.concat(
                        points.stream().map(Series.Point::y), levels.stream().map(XyChart.Level::value))
                .toList();
        boolean isLowerBetter = y.better() == Better.LOWER;
        return Optional.of(new XyChart(
                title,
                x.apply(across),
                Axis.linear(y.title() + (isLowerBetter ? " (lower is better)" : ""), up),
                series,
                levels,
                title.equals(PLANE) ? "better: right and down ↘" : ""));
    }

    private static String mark(MethodSummary method) {
        return switch (method.method().role()) {
            case JPEG, PEER, CLEAN -> method.method().title();
            case MODEL ->
                method.method().samples() > 1
                        ? "×" + method.method().samples()
                        : ReportTable.evaluations(method.evaluations());
        };
    }

    private static String name(MetricColumn column) {
        return column.title().replaceAll("[ ,].*", "");
    }
}
