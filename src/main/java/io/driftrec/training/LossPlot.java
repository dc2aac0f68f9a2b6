package io.driftrec.training;

import java.util.List;
import java.util.Locale;

/** The loss curve as a page to open in a browser: a smoothed training loss and the validation loss over the steps. */
public final class LossPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
    private static final int MARGIN = 56;
    private static final int RIGHT = 28;
    private static final int POINTS = 100;

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>%1$s: loss</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
              color: #1c2024; background: #fff; }
            svg { width: 100%%; height: auto; } text { font-size: 12px; fill: currentColor; }
            .axis { stroke: #9aa3ad; stroke-width: 1; fill: none; } .grid { stroke: #9aa3ad55; }
            .training { stroke: #4a7fd6; fill: none; stroke-width: 1.5; }
            .validation { stroke: #d65f4a; fill: #d65f4a; stroke-width: 2; }
            @media (prefers-color-scheme: dark) { body { color: #e6e8ea; background: #16181a; } }
            </style></head><body>
            <h1>%1$s</h1>
            <p>%2$s</p>
            <svg viewBox="0 0 %3$d %4$d" role="img" aria-label="loss over steps">
            %5$s</svg>
            <p><span style="color:#4a7fd6">&#9632;</span> training loss, means of %6$d steps &nbsp;
            <span style="color:#d65f4a">&#9632;</span> validation loss of the averaged parameters. The vertical axis is logarithmic.</p>
            </body></html>
            """;

    private final StringBuilder marks = new StringBuilder();
    private final double low;
    private final double high;
    private final long steps;

    private LossPlot(double low, double high, long steps) {
        this.low = Math.log10(low);
        this.high = Math.log10(high);
        this.steps = Math.max(1, steps);
    }

    /** @param caption one sentence under the title */
    public static String html(String title, String caption, LossCurve curve) {
        float[] losses = curve.losses();
        int window = Math.max(1, (losses.length + POINTS - 1) / POINTS);
        double[] means = means(losses, window);
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (double mean : means) {
            low = Math.min(low, mean);
            high = Math.max(high, mean);
        }
        List<LossCurve.Validation> validations = curve.validations().stream()
                .filter(validation -> Double.isFinite(validation.loss()))
                .toList();
        for (LossCurve.Validation validation : validations) {
            low = Math.min(low, validation.loss());
            high = Math.max(high, validation.loss());
        }
        if (!(low > 0 && low <= high)) {
            low = high = 1;
        }
        LossPlot plot = new LossPlot(low / 1.05, high * 1.05, losses.length);
        plot.axes();
        plot.training(means, window);
        plot.validations(validations);
        return PAGE.formatted(escaped(title), escaped(caption), WIDTH, HEIGHT, plot.marks, window);
    }

    private static double[] means(float[] losses, int window) {
        double[] means = new double[(losses.length + window - 1) / window];
        for (int i = 0; i < means.length; i++) {
            int end = Math.min(losses.length, (i + 1) * window);
            for (int k = i * window; k < end; k++) {
                means[i] += losses[k] / (end - i * window);
            }
        }
        return means;
    }

    private void axes() {
        int ticks = 5;
        for (int i = 0; i <= ticks; i++) {
            double loss = Math.pow(10, low + (high - low) * i / ticks);
            add(
                    "<line class=\"grid\" x1=\"%1$d\" x2=\"%2$d\" y1=\"%3$.1f\" y2=\"%3$.1f\"/>",
                    MARGIN, WIDTH - RIGHT, y(loss));
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.4g</text>", MARGIN - 8, y(loss) + 4, loss);
            long step = steps * i / ticks;
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>", x(step), HEIGHT - MARGIN + 22, step);
        }
        add("<path class=\"axis\" d=\"M%d 10V%dH%d\"/>", MARGIN, HEIGHT - MARGIN, WIDTH - RIGHT);
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">step</text>", WIDTH / 2, HEIGHT - 10);
    }

    private void training(double[] means, int window) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < means.length; i++) {
            path.append(
                    String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x((i + 0.5) * window), y(means[i])));
        }
        add("<path class=\"training\" d=\"%s\"/>", path);
    }

    private void validations(List<LossCurve.Validation> validations) {
        for (LossCurve.Validation validation : validations) {
            add(
                    "<circle class=\"validation\" cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"><title>step %d: %.5f</title></circle>",
                    x(validation.step()), y(validation.loss()), validation.step(), validation.loss());
        }
    }

    private double x(double step) {
        return MARGIN + (WIDTH - RIGHT - MARGIN) * step / steps;
    }

    private double y(double loss) {
        double share = high > low ? (Math.log10(loss) - low) / (high - low) : 0.5;
        return HEIGHT - MARGIN - (HEIGHT - MARGIN - 10) * share;
    }

    private void add(String format, Object... values) {
        marks.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
