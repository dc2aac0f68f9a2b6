package io.driftrec.evaluation.report;

import io.driftrec.evaluation.protocol.KeptImages;
import io.driftrec.evaluation.protocol.MethodIdentity.Role;
import io.driftrec.evaluation.protocol.MetricColumn;
import io.driftrec.evaluation.protocol.MetricSuite;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page: tables, charts and pictures, in one file that needs nothing else. */
public final class HtmlReport {
    private static final String SECTION =
            """
            <section class="condition" id="%s">
            <h2>%s</h2>
            <p>%s</p>
            %s%s%s
            <div class="charts">
            %s</div>
            %s</section>
            """;

    private HtmlReport() {}

    /**
     * The page.
     *
     * @throws IOException when a kept image can't be read
     */
    public static String of(EvaluationSummary evaluation, KeptImages kept, StripSettings shown) throws IOException {
        ChartStyles styles = new ChartStyles(evaluation.conditions().stream()
                .flatMap(condition -> condition.methods().stream())
                .map(MethodSummary::method)
                .toList());
        ImageStrips strips = new ImageStrips(kept, shown, evaluation.columns());
        StringBuilder sections = new StringBuilder();
        StringBuilder links = new StringBuilder();
        for (ConditionSummary condition : evaluation.conditions()) {
            sections.append(section(condition, evaluation, styles, strips.of(condition)));
            links.append("<a href='#%s'>%s</a> ".formatted(condition.id(), HtmlTemplate.escaped(condition.title())));
        }
        return HtmlTemplate.load("/evaluation/report.html")
                .fill(Map.of(
                        "summary", summary(evaluation),
                        "facts", facts(evaluation.facts()),
                        "settings", facts(evaluation.settings()),
                        "links", links.toString(),
                        "conditions", sections.toString(),
                        "side", Integer.toString(shown.largestSide())));
    }

    private static String summary(EvaluationSummary evaluation) {
        long methods = evaluation.conditions().stream()
                .flatMap(condition -> condition.methods().stream())
                .filter(method -> method.method().role() != Role.CLEAN)
                .map(method -> method.method().id())
                .distinct()
                .count();
        return number(evaluation.images(), "image") + ", "
                + number(evaluation.conditions().size(), "condition") + ", " + number(methods, "method")
                + " with the JPEG itself.";
    }

    private static String number(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String facts(Map<String, String> facts) {
        StringBuilder list = new StringBuilder();
        facts.forEach((name, value) -> list.append(
                "<dt>%s</dt><dd>%s</dd>\n".formatted(HtmlTemplate.escaped(name), HtmlTemplate.escaped(value))));
        return list.toString();
    }

    private static String section(
            ConditionSummary condition, EvaluationSummary evaluation, ChartStyles styles, String strips) {
        StringBuilder charts = new StringBuilder();
        new ConditionCharts(condition, evaluation.columns(), styles).all().forEach(chart -> charts.append(chart.svg()));
        List<ReportTable> tables = ReportTable.of(condition, evaluation);
        StringBuilder more = new StringBuilder();
        tables.subList(1, tables.size()).forEach(table -> more.append(folded(table)));
        return SECTION.formatted(
                condition.id(),
                HtmlTemplate.escaped(condition.title()),
                introduction(condition, evaluation),
                table(tables.get(0)),
                failures(condition),
                more,
                charts.isEmpty() ? "" : styles.legend() + charts,
                strips);
    }

    private static String introduction(ConditionSummary condition, EvaluationSummary evaluation) {
        String bits = condition
                .bitsPerPixel()
                .map(value -> String.format(Locale.ROOT, "The JPEGs take %.3f bits a pixel. ", value.mean()))
                .orElse("");
        boolean hasLpips = evaluation.columns().stream()
                .filter(MetricColumn::isAvailable)
                .anyMatch(column -> column.key().equals(MetricSuite.LPIPS));
        return bits + "Means over images ± half of the 95 % confidence interval."
                + (hasLpips ? "" : " Without weights of LPIPS there is no plane of perception over distortion.");
    }

    private static String folded(ReportTable table) {
        String isOpen = table.title().equals(ReportTable.CLASSES) ? " open" : "";
        return "<details" + isOpen
                + "><summary>%s</summary>\n%s</details>\n".formatted(HtmlTemplate.escaped(table.title()), table(table));
    }

    private static String table(ReportTable table) {
        StringBuilder html = new StringBuilder("<div class='table'><table>\n<thead><tr>");
        table.header().forEach(name -> html.append("<th>%s</th>".formatted(HtmlTemplate.escaped(name))));
        html.append("</tr></thead>\n<tbody>\n");
        for (ReportTable.Row row : table.rows()) {
            html.append("<tr class='%s'><th>%s</th>"
                    .formatted(row.role().name().toLowerCase(Locale.ROOT), HtmlTemplate.escaped(row.name())));
            row.entries().forEach(entry -> html.append(entry(entry)));
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table></div>\n");
        if (!table.note().isEmpty()) {
            html.append("<p class='below'>%s</p>\n".formatted(HtmlTemplate.escaped(table.note())));
        }
        return html.toString();
    }

    private static String entry(ReportTable.Entry entry) {
        String text = HtmlTemplate.escaped(entry.text());
        String interval = entry.interval().isEmpty() ? "" : " <small>%s</small>".formatted(entry.interval());
        return "<td>%s%s</td>".formatted(entry.isMarked() ? "<b>" + text + "</b>" : text, interval);
    }

    private static String failures(ConditionSummary condition) {
        StringBuilder list = new StringBuilder();
        for (MethodSummary method : condition.methods()) {
            method.failures()
                    .forEach((reason, images) -> list.append("<li><b>%s</b> failed on %s: %s</li>\n"
                            .formatted(
                                    HtmlTemplate.escaped(method.method().title()),
                                    HtmlTemplate.escaped(String.join(", ", images)),
                                    HtmlTemplate.escaped(reason))));
        }
        return list.isEmpty() ? "" : "<ul class='failures'>\n" + list + "</ul>\n";
    }
}
