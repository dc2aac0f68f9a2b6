package io.driftrec.demo;

import io.driftrec.evaluation.report.HtmlTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page that shows what came out: one file with everything in it, pictures included, to open in a browser or send on. */
public final class DemoReport {
    /**
     * One request as it ended.
     *
     * @param title such as {@code astronaut, quality 10}
     * @param sampling how it was restored, such as {@code 2m, 10 steps}
     * @param damaged the image as sent
     * @param restored the image as it came back, of the same size
     * @param evaluations of the network
     * @param seconds from arrival to upload
     */
    public record Entry(
            String title,
            String sampling,
            Path damaged,
            Path restored,
            long evaluations,
            double seconds,
            Quality before,
            Quality after) {}

    private static final String CARD =
            """
            <article>
            <div class="pair">
            <img src="%s" alt="%s, restored"><img class="before" src="%s" alt="%2$s, damaged">
            <span class="l">before</span><span class="r">after</span>
            <input type="range" min="0" max="100" value="50" aria-label="how much of the damaged image to show">
            </div>
            <div class="facts">
            <h2>%2$s</h2>
            <p><code>%s</code>, NFE %d, %s s</p>
            <table>
            <thead><tr><th></th><th>before</th><th>after</th></tr></thead>
            %s%s%s</table>
            </div>
            </article>
            """;

    private DemoReport() {}

    /**
     * Writes the page.
     *
     * @param summary one sentence on what was run
     * @throws IOException when a picture can't be read or the page can't be written
     */
    public static void write(Path page, String summary, List<Entry> entries) throws IOException {
        StringBuilder cards = new StringBuilder();
        for (Entry entry : entries) {
            cards.append(card(entry));
        }
        Map<String, String> parts = Map.of("summary", HtmlTemplate.escaped(summary), "cards", cards.toString());
        Files.writeString(page, HtmlTemplate.load("/demo/report.html").fill(parts));
    }

    private static String card(Entry entry) throws IOException {
        Quality before = entry.before();
        Quality after = entry.after();
        return String.format(
                Locale.ROOT,
                CARD,
                dataUri(entry.restored()),
                HtmlTemplate.escaped(entry.title()),
                dataUri(entry.damaged()),
                HtmlTemplate.escaped(entry.sampling()),
                entry.evaluations(),
                number("%.1f", entry.seconds()),
                row("PSNR", before.psnr(), after.psnr()),
                row("PSNR-B", before.psnrB(), after.psnrB()),
                row("blockiness", before.blockiness(), after.blockiness()));
    }

    private static String row(String name, double before, double after) {
        return "<tr><th>%s</th><td>%s</td><td>%s</td></tr>\n"
                .formatted(name, number("%.2f", before), number("%.2f", after));
    }

    private static String number(String format, double value) {
        return Double.isInfinite(value) ? "&#8734;" : String.format(Locale.ROOT, format, value);
    }

    private static String dataUri(Path picture) throws IOException {
        String type = picture.toString().endsWith(".png") ? "image/png" : "image/jpeg";
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(picture));
    }
}
