package io.driftrec.evaluation.report;

import io.driftrec.evaluation.protocol.CellKey;
import io.driftrec.evaluation.protocol.KeptImages;
import io.driftrec.evaluation.protocol.MetricColumn;
import io.driftrec.evaluation.protocol.MetricSuite;
import io.driftrec.image.Picture;
import io.driftrec.image.Rgb8;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pictures side by side, a row per image: clean, JPEG and every method, pixel by pixel as they were measured. Of larger images a
 * square from the centre, so that a page can still be sent.
 */
final class ImageStrips {
    private static final int LARGEST_SIDE = 512;

    private static final String PANEL =
            """
            <figure><div class="view"><img src="data:image/png;base64,%s" width="%d" height="%d" alt="%s" draggable="false"></div>
            <figcaption><b>%4$s</b> %s</figcaption></figure>
            """;

    private static final String STRIP =
            """
            <section class="strip" tabindex="0" aria-label="%s under %s">
            <header><h4>%1$s</h4><span class="tools"><button data-do="out" title="smaller">−</button><button data-do="in" title="larger">+</button>\
            <button data-do="pixels" title="one pixel of the image, one of the screen">1:1</button><button data-do="fit">fit</button>\
            <label>size <input type="range" min="128" max="768" value="256" step="16"></label></span></header>
            <div class="panels">
            %s</div>
            </section>
            """;

    private final KeptImages kept;
    private final List<String> images;
    private final List<MetricColumn> columns;

    /** @param images names of the clean images to show */
    ImageStrips(KeptImages kept, List<String> images, List<MetricColumn> columns) {
        this.kept = kept;
        this.images = List.copyOf(images);
        this.columns = List.copyOf(columns);
    }

    /** The rows of a condition; empty where no image of it is kept. */
    String of(ConditionSummary condition) throws IOException {
        StringBuilder strips = new StringBuilder();
        for (String image : images) {
            StringBuilder panels = new StringBuilder();
            for (MethodSummary method : condition.methods()) {
                CellKey key = new CellKey(condition.id(), image, method.method().id());
                Optional<Rgb8> pixels = kept.read(key);
                if (pixels.isPresent() && isMeasured(method, image)) {
                    panels.append(panel(method, image, pixels.get()));
                }
            }
            if (!panels.isEmpty()) {
                strips.append(
                        STRIP.formatted(HtmlTemplate.escaped(image), HtmlTemplate.escaped(condition.title()), panels));
            }
        }
        return strips.toString();
    }

    private static boolean isMeasured(MethodSummary method, String image) {
        return method.cells().stream()
                .anyMatch(cell -> cell.isMeasured() && cell.key().image().equals(image));
    }

    private String panel(MethodSummary method, String image, Rgb8 pixels) {
        Picture whole = pixels.picture();
        int width = Math.min(LARGEST_SIDE, whole.width());
        int height = Math.min(LARGEST_SIDE, whole.height());
        Picture shown = whole.crop((whole.width() - width) / 2, (whole.height() - height) / 2, width, height);
        return PANEL.formatted(
                Base64.getEncoder().encodeToString(KeptImages.png(shown)),
                width,
                height,
                HtmlTemplate.escaped(method.method().title()),
                HtmlTemplate.escaped(measured(method, image)));
    }

    /** What was measured on this image, in short. */
    private String measured(MethodSummary method, String image) {
        Map<String, Double> values = method.cells().stream()
                .filter(cell -> cell.key().image().equals(image))
                .findFirst()
                .orElseThrow()
                .measurement()
                .values();
        return Stream.of(MetricSuite.PSNR, MetricSuite.LPIPS, MetricSuite.BEF)
                .flatMap(key -> columns.stream().filter(column -> column.key().equals(key)))
                .filter(column -> values.containsKey(column.key()))
                .map(column -> shown(column, values))
                .collect(Collectors.joining(" · "));
    }

    private static String shown(MetricColumn column, Map<String, Double> values) {
        Statistic value = Statistic.of(List.of(values.getOrDefault(column.key(), Double.NaN)));
        return column.title().replaceAll("[ ,].*", "") + " " + ReportTable.shown(value, column);
    }
}
