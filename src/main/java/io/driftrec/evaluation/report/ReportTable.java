package io.driftrec.evaluation.report;

import io.driftrec.evaluation.protocol.MethodIdentity.Role;
import io.driftrec.evaluation.protocol.MetricColumn;
import io.driftrec.evaluation.protocol.MetricColumn.Better;
import io.driftrec.evaluation.protocol.MetricColumn.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A table of texts, which Markdown and HTML write down alike.
 *
 * @param title above it; empty for the first table of a condition
 * @param note below it; may be empty
 * @param header of the columns, the methods' first
 */
record ReportTable(String title, String note, List<String> header, List<Row> rows) {
    static final String CLASSES = "Classification of the images";

    private static final String NOTHING = "–";

    /** Below, a distance between sets says more of the images than of the method. */
    private static final int MANY_IMAGES = 50;

    private static final String SETS =
            "FD and KD are the Fréchet and the kernel distance of features of the network that is named; FID "
                    + "and KID are those of Inception. From few images they are estimated badly; the best is marked from "
                    + MANY_IMAGES
                    + " images on.";

    /**
     * A row.
     *
     * @param role of the method
     * @param name of the method
     * @param entries one per column after the first
     */
    record Row(Role role, String name, List<Entry> entries) {
        Row {
            entries = List.copyOf(entries);
        }
    }

    /**
     * An entry.
     *
     * @param text the value
     * @param interval half the width of its 95 % confidence interval, with a sign before it; may be empty
     * @param isMarked whether it is to be seen at once
     */
    record Entry(String text, String interval, boolean isMarked) {
        static Entry plain(String text) {
            return new Entry(text, "", false);
        }
    }

    ReportTable {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /** All tables of a condition: the metrics of images, of classes, of sets, and the gains over the damaged image. */
    static List<ReportTable> of(ConditionSummary condition, EvaluationSummary evaluation) {
        List<ReportTable> tables = new ArrayList<>();
        tables.add(metrics("", condition, columns(evaluation, Kind.IMAGE), true));
        List<MetricColumn> classes = columns(evaluation, Kind.CLASSIFICATION);
        if (!classes.isEmpty()) {
            tables.add(metrics(CLASSES, condition, classes, true));
        }
        tables.add(metrics(
                "Distances between the restored and the clean images as sets",
                condition,
                columns(evaluation, Kind.SET),
                false));
        gains("Gain over the JPEG, paired by image", condition, columns(evaluation, Kind.IMAGE))
                .ifPresent(tables::add);
        gains("Gain in classification over the JPEG, paired by image", condition, classes)
                .ifPresent(tables::add);
        return tables;
    }

    private static List<MetricColumn> columns(EvaluationSummary evaluation, Kind kind) {
        return evaluation.columns().stream()
                .filter(column -> column.kind() == kind)
                .toList();
    }

    private static ReportTable metrics(
            String title, ConditionSummary condition, List<MetricColumn> columns, boolean withClean) {
        List<MethodSummary> methods = condition.methods().stream()
                .filter(method -> withClean || method.method().role() != Role.CLEAN)
                .toList();
        Map<String, String> best = best(columns, methods);
        List<Row> rows = new ArrayList<>();
        for (MethodSummary method : methods) {
            List<Entry> entries = new ArrayList<>(work(method));
            columns.forEach(column -> entries.add(entry(method, column, best)));
            rows.add(new Row(method.method().role(), method.method().title(), entries));
        }
        return new ReportTable(title, withClean ? "" : SETS, header(columns, true), rows);
    }

    private static Optional<ReportTable> gains(String title, ConditionSummary condition, List<MetricColumn> columns) {
        List<Row> rows = condition.methods().stream()
                .filter(method -> !method.gains().isEmpty())
                .map(method -> new Row(
                        method.method().role(),
                        method.method().title(),
                        columns.stream().map(column -> gain(method, column)).toList()))
                .toList();
        String note =
                "Mean of the differences to the same images' JPEGs; marked where the interval leaves no doubt that the "
                        + "method is better than the JPEG.";
        return rows.isEmpty() || columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new ReportTable(title, note, header(columns, false), rows));
    }

    private static List<String> header(List<MetricColumn> columns, boolean withWork) {
        List<String> header = new ArrayList<>(List.of("Method"));
        if (withWork) {
            header.addAll(List.of("n", "NFE", "s/image"));
        }
        columns.forEach(column -> header.add(column.title() + (column.better() == Better.HIGHER ? " ↑" : " ↓")));
        return header;
    }

    /** On how many images, with how many evaluations, in what time. */
    private static List<Entry> work(MethodSummary method) {
        Role role = method.method().role();
        boolean isWorking = method.measured() > 0 && (role == Role.MODEL || role == Role.PEER);
        int missing = method.cells().size() - method.measured();
        String images = missing == 0
                ? "" + method.measured()
                : method.measured() + " of " + method.cells().size();
        return List.of(
                Entry.plain(images),
                Entry.plain(isWorking && role == Role.MODEL ? evaluations(method.evaluations()) : NOTHING),
                Entry.plain(isWorking ? decimals(method.seconds(), method.seconds() < 10 ? 2 : 1) : NOTHING));
    }

    private static Entry entry(MethodSummary method, MetricColumn column, Map<String, String> best) {
        if (!column.isAvailable()) {
            return Entry.plain("no weights");
        }
        Optional<Statistic> value = method.metric(column.key());
        if (value.isEmpty()) {
            return Entry.plain(method.measured() == 0 ? "failed" : NOTHING);
        }
        String text = shown(value.get(), column);
        return new Entry(
                text,
                interval(value.get(), column),
                method.method().role() != Role.CLEAN && text.equals(best.get(column.key())));
    }

    private static Entry gain(MethodSummary method, MetricColumn column) {
        if (!column.isAvailable()) {
            return Entry.plain("no weights");
        }
        Statistic gain = method.gains().get(column.key());
        if (gain == null) {
            return Entry.plain(NOTHING);
        }
        double better = column.better() == Better.HIGHER ? gain.mean() : -gain.mean();
        OptionalDouble halfWidth = gain.halfWidth();
        return new Entry(
                (gain.mean() > 0 ? "+" : "") + shown(gain, column),
                interval(gain, column),
                halfWidth.isPresent() && better > halfWidth.getAsDouble());
    }

    /** The best text of each column, by the column's key: among methods that restored every image, since some are easier than others. */
    private static Map<String, String> best(List<MetricColumn> columns, List<MethodSummary> methods) {
        Map<String, String> best = new HashMap<>();
        for (MetricColumn column : columns) {
            double sign = column.better() == Better.HIGHER ? 1 : -1;
            methods.stream()
                    .filter(method -> method.method().role() != Role.CLEAN)
                    .filter(method -> method.measured() == method.cells().size())
                    .flatMap(method -> method.metric(column.key()).stream())
                    .filter(value -> column.kind() != Kind.SET || value.count() >= MANY_IMAGES)
                    .max((a, b) -> Double.compare(sign * a.mean(), sign * b.mean()))
                    .ifPresent(value -> best.put(column.key(), shown(value, column)));
        }
        return best;
    }

    static String shown(Statistic value, MetricColumn column) {
        if (Double.isInfinite(value.mean())) {
            return value.mean() > 0 ? "∞" : "-∞";
        }
        return decimals(column.shown(value.mean()), column.decimals());
    }

    private static String interval(Statistic value, MetricColumn column) {
        OptionalDouble halfWidth = value.halfWidth();
        return halfWidth.isEmpty() ? "" : "±" + decimals(column.shown(halfWidth.getAsDouble()), column.decimals());
    }

    static String evaluations(double mean) {
        return decimals(mean, mean == Math.rint(mean) ? 0 : 1);
    }

    private static String decimals(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
