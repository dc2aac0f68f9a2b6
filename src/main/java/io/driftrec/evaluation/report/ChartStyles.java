package io.driftrec.evaluation.report;

import io.driftrec.evaluation.protocol.MethodIdentity;
import io.driftrec.evaluation.protocol.MethodIdentity.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which series a method belongs to, and the colour and mark that the series has in every chart of a report. */
final class ChartStyles {
    private final Map<String, Integer> styles = new LinkedHashMap<>();

    ChartStyles(List<MethodIdentity> methods) {
        for (MethodIdentity method : methods) {
            if (method.role() != Role.CLEAN) {
                styles.computeIfAbsent(series(method), name -> method.role() == Role.JPEG ? Series.JPEG_STYLE : next());
            }
        }
    }

    /** The methods of one series lie on one curve. */
    static String series(MethodIdentity method) {
        return switch (method.role()) {
            case CLEAN -> "clean";
            case JPEG -> "JPEG";
            case PEER -> method.id();
            case MODEL -> method.samples() == 1 ? method.series() : method.single() + ", samples averaged";
        };
    }

    int style(String series) {
        return styles.getOrDefault(series, 0);
    }

    /** What the colours and marks mean. */
    String legend() {
        StringBuilder legend = new StringBuilder("<ul class='legend'>");
        styles.forEach((name, style) -> legend.append("<li><svg viewBox='-8 -8 16 16'>")
                .append(Mark.svg(style, 0, 0, ""))
                .append("</svg>")
                .append(HtmlTemplate.escaped(name))
                .append("</li>"));
        return legend.append("</ul>\n").toString();
    }

    private int next() {
        return Math.toIntExact(
                styles.values().stream().filter(style -> style >= 0).count());
    }
}
