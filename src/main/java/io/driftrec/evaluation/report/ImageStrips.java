package io.driftrec.evaluation.report;

import io.driftrec.evaluation.protocol.CellKey;
import io.driftrec.evaluation.protocol.KeptImages;
import io.driftrec.evaluation.protocol.MethodIdentity.Role;
import io.driftrec.evaluation.protocol.MetricColumn;
import io.driftrec.evaluation.protocol.MetricSuite;
import io.driftrec.image.Picture;
import io.driftrec.image.Rgb8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pictures side by side, a row per image: clean, JPEG and every method, pixel by pixel as they were measured. Of large images a
 * square from the centre, so that a page can still be sent.
 */
final class ImageStrips {
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
    private final StripSettings settings;
    private final List<MetricColumn> columns;

    ImageStrips(KeptImages kept, StripSettings settings, List<MetricColumn> columns) {
        this.kept = kept;
        this.settings = settings;
        this.columns = List.copyOf(columns);
    }

    /** A method's picture of one image, as much of it as is shown. */
    private record Shown(MethodSummary method, Picture picture) {}

    /** The rows of a condition; empty where no image of it is kept. */
    String of(ConditionSummary condition) throws IOException {
        StringBuilder strips = new StringBuilder();
        for (String image : settings.images()) {
            List<Shown> row = shown(condition, image);
            strips.append(
                    strip(image, condition, row, it -> panel(it.method(), it.picture(), measured(it.method(), image))));
            Optional<Picture> clean = row.stream()
                    .filter(it -> it.method().method().role() == Role.CLEAN)
                    .map(Shown::picture)
                    .findFirst();
            if (settings.maps().isPresent() && clean.isPresent()) {
                Function<Rgb8, Picture> network = settings.maps().get().scaledTo(Rgb8.of(clean.get()));
                strips.append(strip(
                        image + ", feature maps",
                        condition,
                        row,
                        it -> panel(it.method(), network.apply(Rgb8.of(it.picture())), "")));
            }
        }
        return strips.toString();
    }

    private List<Shown> shown(ConditionSummary condition, String image) throws IOException {
        List<Shown> row = new ArrayList<>();
        for (MethodSummary method : condition.methods()) {
            CellKey key = new CellKey(condition.id(), image, method.method().id());
            Optional<Rgb8> pixels = kept.read(key);
            if (pixels.isPresent() && isMeasured(method, image)) {
                row.add(new Shown(method, centre(pixels.get())));
            }
        }
        return row;
    }

    private static String strip(
            String title, ConditionSummary condition, List<Shown> row, Function<Shown, String> panel) {
        return row.isEmpty()
                ? ""
                : STRIP.formatted(
                        HtmlTemplate.escaped(title),
                        HtmlTemplate.escaped(condition.title()),
                        row.stream().map(panel).collect(Collectors.joining()));
    }

    private static boolean isMeasured(MethodSummary method, String image) {
        return method.cells().stream()
                .anyMatch(cell -> cell.isMeasured() && cell.key().image().equals(image));
    }

    private Picture centre(Rgb8 pixels) {
        int width = Math.min(settings.largestSide(), pixels.width());
        int height = Math.min(settings.largestSide(), pixels.height());
        return pixels.part((pixels.width() - width) / 2, (pixels.height() - height) / 2, width, height);
    }

    private static String panel(MethodSummary method, Picture picture, String caption) {
        return PANEL.formatted(
                Base64.getEncoder().encodeToString(KeptImages.png(picture)),
                picture.width(),
                picture.height(),
                HtmlTemplate.escaped(method.method().title()),
                HtmlTemplate.escaped(caption));
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
