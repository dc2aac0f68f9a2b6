package io.driftrec.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Series over two axes, as an SVG element whose colours come from the page's style.
 *
 * @param title above the chart
 * @param levels horizontal lines, such as the damaged image's value
 * @param note beside the title; may be empty
 */
record XyChart(String title, Axis x, Axis y, List<Series> series, List<Level> levels, String note) {
    private static final double WIDTH = 420;
    private static final double HEIGHT = 300;
    private static final double LEFT = 60;
    private static final double RIGHT = 14;
    private static final double TOP = 30;
    private static final double BOTTOM = 44;

    /**
     * A horizontal line.
     *
     * @param style of the series that it stands for
     */
    record Level(String name, int style, double value) {}

    XyChart {
        series = List.copyOf(series);
        levels = List.copyOf(levels);
    }

    /** The element. */
    String svg() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class='chart' viewBox='0 0 %.0f %.0f' role='img' aria-label='%s'>%n",
                WIDTH,
                HEIGHT,
                HtmlTemplate.escaped(title)));
        text(svg, "title", LEFT, 16, "start", title);
        axes(svg);
        text(svg, "note", WIDTH - RIGHT, 16, "end", note);
        LabelPlaces places = new LabelPlaces(LEFT, TOP, WIDTH - RIGHT, HEIGHT - BOTTOM);
        levels.forEach(level -> stroke(
                svg,
                "level " + Mark.colour(level.style()),
                LEFT,
                top(level.value()),
                WIDTH - RIGHT,
                top(level.value())));
        for (Series one : series) {
            line(svg, one);
            one.points().forEach(point -> places.occupy(left(point.x()), top(point.y())));
        }
        for (Series one : series) {
            for (Series.Point point : one.points()) {
                svg.append(Mark.svg(one.style(), left(point.x()), top(point.y()), point.hint()))
                        .append('\n');
            }
        }
        levels.forEach(level -> {
            LabelPlaces.Place place =
                    places.findAlong(top(level.value()), level.name().length());
            text(svg, "label " + Mark.colour(level.style()), place.x(), place.y(), place.anchor(), level.name());
        });
        series.forEach(one -> labels(svg, one, places));
        return svg.append("</svg>\n").toString();
    }

    private void axes(StringBuilder svg) {
        for (double mark : x.marks()) {
            stroke(svg, "grid", left(mark), TOP, left(mark), HEIGHT - BOTTOM);
            text(svg, "tick", left(mark), HEIGHT - BOTTOM + 16, "middle", x.label(mark));
        }
        for (double mark : y.marks()) {
            stroke(svg, "grid", LEFT, top(mark), WIDTH - RIGHT, top(mark));
            text(svg, "tick", LEFT - 7, top(mark) + 4, "end", y.label(mark));
        }
        stroke(svg, "axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
        stroke(svg, "axis", LEFT, TOP, LEFT, HEIGHT - BOTTOM);
        text(svg, "name", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "middle", x.title());
        svg.append(String.format(
                Locale.ROOT,
                "<text class='name' text-anchor='middle' transform='translate(13 %.1f) rotate(-90)'>%s</text>%n",
                (TOP + HEIGHT - BOTTOM) / 2,
                HtmlTemplate.escaped(y.title())));
    }

    private void line(StringBuilder svg, Series one) {
        if (one.points().size() < 2) {
            return;
        }
        List<String> places = new ArrayList<>();
        for (Series.Point point : one.points()) {
            places.add(String.format(Locale.ROOT, "%.1f,%.1f", left(point.x()), top(point.y())));
        }
        svg.append("<polyline class='")
                .append(Mark.colour(one.style()))
                .append("' points='")
                .append(String.join(" ", places))
                .append("'/>\n");
    }

    private void labels(StringBuilder svg, Series one, LabelPlaces places) {
        for (Series.Point point : one.points()) {
            if (!point.label().isEmpty()) {
                LabelPlaces.Place place = places.find(
                        left(point.x()), top(point.y()), point.label().length());
                text(svg, "label " + Mark.colour(one.style()), place.x(), place.y(), place.anchor(), point.label());
            }
        }
    }

    private double left(double value) {
        return LEFT + x.position(value) * (WIDTH - LEFT - RIGHT);
    }

    private double top(double value) {
        return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static void stroke(StringBuilder svg, String kind, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT, "<line class='%s' x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f'/>%n", kind, x1, y1, x2, y2));
    }

    private static void text(StringBuilder svg, String kind, double x, double y, String anchor, String text) {
        if (!text.isEmpty()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class='%s' x='%.1f' y='%.1f' text-anchor='%s'>%s</text>%n",
                    kind,
                    x,
                    y,
                    anchor,
                    HtmlTemplate.escaped(text)));
        }
    }
}
