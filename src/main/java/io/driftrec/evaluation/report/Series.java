package io.driftrec.evaluation.report;

import java.util.List;

/**
 * Points of one colour and mark, joined in their order.
 *
 * @param style which colour and mark, from 0; -1 for the damaged image
 */
record Series(String name, int style, List<Point> points) {
    /** Of the damaged image. */
    static final int JPEG_STYLE = -1;

    /**
     * A point.
     *
     * @param label beside it; may be empty
     * @param hint when the pointer rests on it
     */
    record Point(double x, double y, String label, String hint) {}

    Series {
        points = List.copyOf(points);
    }
}
