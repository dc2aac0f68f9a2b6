package io.driftrec.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.driftrec.evaluation.FeatureMaps;
import io.driftrec.network.FormulaWeights;
import io.driftrec.network.TensorEngine;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page, Markdown, CSV and JSON of one small evaluation, read as their readers do. */
class ReportsTest {
    private static final Pattern CHART = Pattern.compile("<svg class='chart'.*?</svg>", Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile("<table>.*?</table>", Pattern.DOTALL);
    private static final Pattern IMAGE = Pattern.compile("<img src=\"data:image/png;base64,([^\"]+)\" width=\"48\"");

    @TempDir
    private Path directory;

    @Test
    void shouldPutTheNumbersOfTheSummaryIntoTheTable() throws Exception {
        SampleEvaluation evaluation = SampleEvaluation.run(directory, List.of());
        Statistic psnr = evaluation.method("net/2m:10").metric("psnr").orElseThrow();

        Document table = xml(all(TABLE, page(evaluation)).get(0));

        assertThat(cells(table, "th").subList(0, 9))
                .containsExactly(
                        "Method",
                        "n",
                        "NFE",
                        "s/image",
                        "PSNR, dB ↑",
                        "SSIM ↑",
                        "PSNR-B, dB ↑",
                        "BEF ×10⁴ ↓",
                        "LPIPS ×100 ↓");
        assertThat(cells(table, "td").subList(24, 29))
                .startsWith("3", "10", "0.13")
                .element(3)
                .isEqualTo(String.format(
                        Locale.ROOT, "%.2f ±%.2f", psnr.mean(), psnr.halfWidth().orElseThrow()));
        assertThat(cells(table, "td").get(31)).isEqualTo("no weights");
        assertThat(cells(table, "b").get(0))
                .as("the best PSNR of a method that restored every image is marked")
                .isEqualTo(String.format(
                        Locale.ROOT,
                        "%.2f",
                        evaluation
                                .method("net/2m:10/mean-of-4")
                                .metric("psnr")
                                .orElseThrow()
                                .mean()));
        assertThat(cells(table, "td").get(40)).isEqualTo("2 of 3");
    }

    @Test
    void shouldDrawThePlaneAndTheCurvesWhereThereIsLpips() throws Exception {
        SampleEvaluation evaluation = SampleEvaluation.run(directory, List.of(new SampleEvaluation.MeanSquare()));

        List<String> charts = all(CHART, page(evaluation));

        assertThat(charts)
                .extracting(chart -> xml(chart).getDocumentElement().getAttribute("aria-label"))
                .containsExactly(
                        "Perception over distortion",
                        "PSNR over evaluations",
                        "LPIPS over evaluations",
                        "SSIM over evaluations",
                        "BEF over evaluations",
                        "LPIPS over time",
                        "PSNR over averaged samples",
                        "LPIPS over averaged samples");
        Document plane = xml(charts.get(0));
        assertThat(plane.getElementsByTagName("polyline").getLength())
                .as("2m at 4 and 10")
                .isEqualTo(1);
        assertThat(texts(plane, "text")).contains("JPEG", "4", "10", "×4", SampleEvaluation.HOSTILE);
        assertThat(xml(charts.get(1)).getElementsByTagName("title").getLength()).isEqualTo(2);
    }

    @Test
    void shouldDoWithoutThePlaneWhereThereAreNoWeights() throws Exception {
        String page = page(SampleEvaluation.run(directory, List.of()));

        assertThat(all(CHART, page)).hasSize(4).noneMatch(chart -> chart.contains("Perception"));
        assertThat(page).contains("Without weights of LPIPS");
    }

    @Test
    void shouldHoldThePicturesItselfAndNeedNothingElse() throws Exception {
        SampleEvaluation evaluation = SampleEvaluation.run(directory, List.of());

        String page = page(evaluation);

        List<MatchResult> images = IMAGE.matcher(page).results().toList();
        assertThat(images).as("clean, JPEG, three of the model, the peer").hasSize(6);
        assertThat(Base64.getDecoder().decode(images.get(0).group(1))).startsWith(0x89, 'P', 'N', 'G');
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .doesNotContainPattern("(?i)https?:|@import|<link|<iframe|url\\((?!data:)")
                .doesNotContainPattern("(?:src|href)=\"(?!data:)")
                .doesNotContain("{{");
    }

    @Test
    void shouldShowTheMiddleOfLargePictures() throws Exception {
        SampleEvaluation evaluation = SampleEvaluation.run(directory, List.of());

        String page = HtmlReport.of(
                evaluation.summary(), evaluation.kept(), new StripSettings(evaluation.shown(), 44, Optional.empty()));

        assertThat(page(evaluation)).contains("width=\"48\" height=\"40\"");
        assertThat(page)
                .contains("width=\"44\" height=\"40\"")
                .doesNotContain("width=\"48\"")
                .contains("a 44x44 square");
    }

    @Test
    void shouldEscapeWhatPeopleWrote() throws Exception {
        SampleEvaluation evaluation = SampleEvaluation.run(directory, List.of());

        assertThat(page(evaluation))
                .doesNotContain("<i>\"peer\"", "<boom>", "<folder>", "bob <b>")
                .contains("&lt;i&gt;&quot;peer&quot; &amp; &#39;co&#39;</b> failed on cleo: exit code 1: &lt;boom&gt;");
    }

    @Test
    void shouldWriteTablesAsMarkdown() throws Exception {
        String text =
                MarkdownReport.of(SampleEvaluation.run(directory, List.of()).summary());

        assertThat(text)
                .contains("## JPEG quality 10\n", "- images: 3 of <folder>\n", "- seed: 1\n")
                .contains("| Method | n | NFE | s/image | PSNR, dB ↑ |")
                .containsPattern("\\| net/2m:10 \\| 3 \\| 10 \\| 0\\.13 \\| \\d+\\.\\d\\d ±\\d+\\.\\d\\d \\|")
                .containsOnlyOnce("### Gain over the JPEG, paired by image")
                .doesNotContain("classification")
                .contains(SampleEvaluation.HOSTILE + " failed on cleo: exit code 1: <boom>");
    }

    @Test
    void shouldWriteALinePerImageAsCsv() throws Exception {
        List<String> lines = ResultsCsv.of(
                        SampleEvaluation.run(directory, List.of()).summary())
                .lines()
                .toList();

        assertThat(lines).hasSize(1 + 3 * 6);
        assertThat(lines.get(0))
                .isEqualTo("condition,image,method,evaluations,seconds,psnr,ssim,psnrB,bef,bitsPerPixel,failure");
        assertThat(lines.get(1)).startsWith("q10,ada,clean,0,0.0,,,,");
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo("q10,cleo,\"<i>\"\"peer\"\" & 'co'\",,,,,,,,exit code 1: <boom>");
    }

    @Test
    void shouldWriteTheSummaryAsJson() throws Exception {
        SampleEvaluation evaluation = SampleEvaluation.run(directory, List.of());

        JsonNode json = new JsonMapper().readTree(SummaryJson.of(evaluation.summary()));

        JsonNode method = json.at("/conditions/0/methods/3");
        assertThat(json.at("/images").asInt()).isEqualTo(3);
        assertThat(json.at("/settings/seed").asText()).isEqualTo("1");
        assertThat(method.at("/id").asText()).isEqualTo("net/2m:10");
        assertThat(method.at("/evaluationsPerImage").asDouble()).isEqualTo(10);
        assertThat(method.at("/metrics/psnr/mean").asDouble())
                .isEqualTo(evaluation
                        .method("net/2m:10")
                        .metric("psnr")
                        .orElseThrow()
                        .mean());
        assertThat(method.at("/gainsOverJpeg/psnr/halfWidth95").asDouble()).isPositive();
        assertThat(json.at("/metrics/4/key").asText()).isEqualTo("LPIPS");
        assertThat(json.at("/metrics/4/available").asBoolean(true)).isFalse();
        assertThat(json.at("/conditions/0/methods/5/failed").asInt()).isEqualTo(1);
    }

    @Test
    void shouldShowFeatureMapsBelowTheImagesThatTheyAreOf() throws Exception {
        SampleEvaluation evaluation = SampleEvaluation.run(directory, List.of());
        String without = page(evaluation);
        String with;
        try (FeatureMaps maps =
                FeatureMaps.squeezeNet(TensorEngine.start("cpu", 1), FormulaWeights.of("squeezenet-1.1-lpips"))) {
            with = HtmlReport.of(
                    evaluation.summary(),
                    evaluation.kept(),
                    new StripSettings(evaluation.shown(), 512, Optional.of(maps)));
        }

        assertThat(count(with, "<section class=\"strip\"")).isEqualTo(2 * count(without, "<section class=\"strip\""));
        assertThat(count(with, "<img src")).isEqualTo(2 * count(without, "<img src"));
        assertThat(with).contains(evaluation.shown().get(0) + ", feature maps");
        assertThat(without).contains(evaluation.shown().get(0)).doesNotContain("feature maps");
    }

    private static int count(String page, String tag) {
        return page.split(tag, -1).length - 1;
    }

    private static String page(SampleEvaluation evaluation) throws Exception {
        return HtmlReport.of(
                evaluation.summary(), evaluation.kept(), new StripSettings(evaluation.shown(), 512, Optional.empty()));
    }

    private static List<String> all(Pattern pattern, String page) {
        return pattern.matcher(page).results().map(MatchResult::group).toList();
    }

    private static Document xml(String fragment) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(fragment)));
        } catch (Exception e) {
            throw new AssertionError("not well-formed: " + fragment, e);
        }
    }

    private static List<String> cells(Document table, String element) {
        return texts(table, element);
    }

    private static List<String> texts(Document document, String element) {
        NodeList nodes = document.getElementsByTagName(element);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
