package io.driftrec.evaluation.report;

import java.util.Locale;

/** The tables as Markdown, to paste where they are discussed. */
public final class MarkdownReport {
    private MarkdownReport() {}

    /** The text. */
    public static String of(EvaluationSummary evaluation) {
        StringBuilder text = new StringBuilder("# Evaluation\n\n");
        evaluation.facts().forEach((name, value) -> text.append("- %s: %s\n".formatted(name, plain(value))));
        evaluation.settings().forEach((name, value) -> text.append("- %s: %s\n".formatted(name, plain(value))));
        text.append("\nMeans over images ± half of the 95 % confidence interval; the best of each column in bold.\n");
        for (ConditionSummary condition : evaluation.conditions()) {
            text.append("\n## ").append(condition.title()).append('\n');
            condition
                    .bitsPerPixel()
                    .ifPresent(bits -> text.append(
                            String.format(Locale.ROOT, "%nThe JPEGs take %.3f bits a pixel.%n", bits.mean())));
            ReportTable.of(condition, evaluation).forEach(table -> append(text, table));
            failures(text, condition);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, ReportTable table) {
        text.append(table.title().isEmpty() ? "" : "\n### " + table.title() + "\n")
                .append("\n|");
        table.header().forEach(name -> text.append(' ').append(plain(name)).append(" |"));
        text.append("\n|---|").append("---:|".repeat(table.header().size() - 1)).append('\n');
        for (ReportTable.Row row : table.rows()) {
            text.append("| ").append(plain(row.name())).append(" |");
            for (ReportTable.Entry entry : row.entries()) {
                String value = entry.isMarked() ? "**" + entry.text() + "**" : entry.text();
                text.append(' ').append(value).append(entry.interval().isEmpty() ? "" : " " + entry.interval());
                text.append(" |");
            }
            text.append('\n');
        }
        text.append(table.note().isEmpty() ? "" : "\n" + table.note() + "\n");
    }

    private static void failures(StringBuilder text, ConditionSummary condition) {
        for (MethodSummary method : condition.methods()) {
            method.failures()
                    .forEach((reason, images) -> text.append("\n%s failed on %s: %s\n"
                            .formatted(
                                    plain(method.method().title()), plain(String.join(", ", images)), plain(reason))));
        }
    }

    private static String plain(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
