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
 * @param chosen the numbers to mark; empty where round ones will do
 */
record Axis(String title, double least, double most, boolean isLogarithmic, List<Double> chosen) {
    private static final double NEAREST_MARKS = 0.06;

    private static final int LEAST_PARTS = 4;
    private static final double MARGIN = 0.12;
    private static final double ROUNDING = 1e-9;
    private static final double[] ROUND = {1, 2, 5, 10};

    /** Evenly divided, with the values inside and some room around them. */
    static Axis linear(String title, List<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double room = most > least ? MARGIN * (most - least) : Math.max(1e-3, MARGIN * Math.abs(most));
        double start = least >= 0 ? Math.max(0, least - room) : least - room;
        return new Axis(title, start, most + room, false, List.of());
    }

    /** Divided by ratios. */
    static Axis logarithmic(String title, List<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double room = Math.max(1.15, Math.pow(most / least, MARGIN));
        return new Axis(title, least / room, most * room, true, List.of());
    }

    /** Divided by ratios, with the values themselves marked unless they lie too near each other. */
    static Axis logarithmicAt(String title, List<Double> values) {
        Axis axis = logarithmic(title, values);
        List<Double> distinct = values.stream().distinct().sorted().toList();
        for (int i = 1; i < distinct.size(); i++) {
            if (axis.position(distinct.get(i)) - axis.position(distinct.get(i - 1)) < NEAREST_MARKS) {
                return axis;
            }
        }
        return new Axis(title, axis.least, axis.most, true, distinct);
    }

    /** 0 at the beginning, 1 at the end. */
    double position(double value) {
        return isLogarithmic ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
    }

    /** The numbers to mark, within the range. */
    List<Double> marks() {
        if (!chosen.isEmpty()) {
            return chosen;
        }
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
        if (!chosen.isEmpty()) {
            return format(mark, mark == Math.rint(mark) ? 0 : 1);
        }
        if (isLogarithmic) {
            return format(mark, (int) Math.max(0, Math.ceil(-Math.log10(mark) - ROUNDING)));
        }
        return format(mark, (int) Math.max(0, Math.ceil(-Math.log10(step()) - ROUNDING)));
    }

    private static String format(double mark, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", mark);
    }

    private void addWithin(List<Double> marks, double mark) {
        if (mark >= least && mark <= most) {
            marks.add(mark);
        }
    }

    /** The largest round step that divides the range into so many parts at least. */
    private double step() {
        double rough = (most - least) / LEAST_PARTS;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = decade;
        for (double round : ROUND) {
            step = round * decade <= rough * (1 + ROUNDING) ? round * decade : step;
        }
        return step;
    }
}
