package io.driftrec.app;

import io.driftrec.evaluation.protocol.KeptImages;
import io.driftrec.evaluation.report.EvaluationSummary;
import io.driftrec.evaluation.report.HtmlReport;
import io.driftrec.evaluation.report.MarkdownReport;
import io.driftrec.evaluation.report.ResultsCsv;
import io.driftrec.evaluation.report.StripSettings;
import io.driftrec.evaluation.report.SummaryJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of an evaluation.
 *
 * @param folder where all of it goes
 */
record EvaluationOutput(Path folder) {
    Path journal() {
        return folder.resolve("journal.jsonl");
    }

    Path images() {
        return folder.resolve("images");
    }

    Path page() {
        return folder.resolve("report.html");
    }

    /** Writes the reports, over those of an earlier run. */
    void write(EvaluationSummary summary, KeptImages kept, StripSettings shown) throws IOException {
        Files.writeString(page(), HtmlReport.of(summary, kept, shown));
        Files.writeString(folder.resolve("report.md"), MarkdownReport.of(summary));
        Files.writeString(folder.resolve("results.csv"), ResultsCsv.of(summary));
        Files.writeString(folder.resolve("summary.json"), SummaryJson.of(summary));
    }
}
