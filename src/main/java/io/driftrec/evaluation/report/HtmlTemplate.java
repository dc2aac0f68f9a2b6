package io.driftrec.evaluation.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the class path with places {@code {{name}}} to fill; {@code {{style}}} is the style that all pages share. Pages are
 * one file with everything in it, to open in a browser or send on.
 */
public final class HtmlTemplate {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final String STYLE = "/page/style.css";

    private final String text;

    private HtmlTemplate(String text) {
        this.text = text;
    }

    /**
     * Reads a template.
     *
     * @throws IOException when the class path lacks it
     */
    public static HtmlTemplate load(String resource) throws IOException {
        return new HtmlTemplate(read(resource).replace("{{style}}", read(STYLE)));
    }

    /**
     * The page with its places filled; what is filled in is not searched for places again.
     *
     * @param parts by name, each safe HTML
     * @throws IllegalArgumentException when a place has no part
     */
    public String fill(Map<String, String> parts) {
        return PLACE.matcher(text).replaceAll(place -> {
            String part = parts.get(place.group(1));
            if (part == null) {
                throw new IllegalArgumentException("the page needs a part " + place.group());
            }
            return Matcher.quoteReplacement(part);
        });
    }

    /** Text for elements and quoted attributes. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("{", "&#123;");
    }

    private static String read(String resource) throws IOException {
        try (InputStream file = HtmlTemplate.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IOException("the class path lacks " + resource.substring(1));
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
