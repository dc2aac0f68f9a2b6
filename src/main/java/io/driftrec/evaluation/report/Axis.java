package io.driftrec.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a chart: a range of values, round numbers to mark in it, and where a value lies.
 *
 * @param title with the unit
 * @param least at the beginning
 * @param most at the end, larger than least
 * @param isLogarithmic then both are positive
 */
record Axis(String title, double least, double most, boolean isLogarithmic) {
    private static final int MARKS = 5;
    private static final double MARGIN = 0.12;
    private static final double[] ROUND = {1, 2, 5, 10};

    /** Evenly divided, with the values inside and some room around them. */
    static Axis linear(String title, List<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double room = most > least ? MARGIN * (most - least) : Math.max(1e-3, MARGIN * Math.abs(most));
        double start = least >= 0 ? Math.max(0, least - room) : least - room;
        return new Axis(title, start, most + room, false);
    }

    /** Divided by ratios. */
    static Axis logarithmic(String title, List<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double room = Math.max(1.15, Math.pow(most / least, MARGIN));
        return new Axis(title, least / room, most * room, true);
    }

    /** 0 at the beginning, 1 at the end. */
    double position(double value) {
        return isLogarithmic ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
    }

    /** Round numbers within the range. */
    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        if (isLogarithmic) {
            for (double decade = Math.pow(10, Math.floor(Math.log10(least))); decade <= most; decade *= 10) {
                for (int i = 0; i < 3; i++) {
                    addWithin(marks, decade * ROUND[i]);
                }
            }
            return marks;
        }
        double step = step();
        for (long k = (long) Math.ceil(least / step); k * step <= most; k++) {
            addWithin(marks, k * step);
        }
        return marks;
    }

    /** A mark as text, with as many decimals as tell it from the next. */
    String label(double mark) {
        if (isLogarithmic) {
            return mark >= 1 ? Long.toString(Math.round(mark)) : Double.toString(mark);
        }
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step()) - 1e-9));
        return String.format(Locale.ROOT, "%." + decimals + "f", mark);
    }

    private void addWithin(List<Double> marks, double mark) {
        if (mark >= least && mark <= most) {
            marks.add(mark);
        }
    }

    private double step() {
        double rough = (most - least) / MARKS;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double round : ROUND) {
            if (round * decade >= rough * (1 - 1e-9)) {
                return round * decade;
            }
        }
        return 10 * decade;
    }
}
