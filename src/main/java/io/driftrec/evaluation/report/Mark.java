package io.driftrec.evaluation.report;

import java.util.Locale;

/** The shapes of points, so that series differ without colour too. SVG. */
final class Mark {
    private static final int COLOURS = 8;
    private static final String[] SHAPES = {
        "<circle r='4.5'/>",
        "<rect x='-4' y='-4' width='8' height='8'/>",
        "<path d='M0 -5.5L5 4H-5Z'/>",
        "<path d='M0 -5.5L5.5 0L0 5.5L-5.5 0Z'/>",
        "<path d='M0 5.5L5 -4H-5Z'/>",
        "<path d='M-1.6 -5h3.2v3.4h3.4v3.2h-3.4v3.4h-3.2v-3.4h-3.4v-3.2h3.4Z'/>",
    };
    private static final String CROSS = "<path class='cross' d='M-4.5 -4.5L4.5 4.5M-4.5 4.5L4.5 -4.5'/>";

    private Mark() {}

    /** The class that gives a series its colour. */
    static String colour(int style) {
        return style == Series.JPEG_STYLE ? "jpeg" : "s" + style % COLOURS;
    }

    /** The mark of a series at a place. */
    static String svg(int style, double x, double y, String hint) {
        String shape = style == Series.JPEG_STYLE ? CROSS : SHAPES[style % SHAPES.length];
        return String.format(
                Locale.ROOT,
                "<g class='mark %s' transform='translate(%.1f %.1f)'>%s%s</g>",
                colour(style),
                x,
                y,
                hint.isEmpty() ? "" : "<title>" + HtmlTemplate.escaped(hint) + "</title>",
                shape);
    }
}
