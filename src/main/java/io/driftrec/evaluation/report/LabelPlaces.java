package io.driftrec.evaluation.report;

import java.util.ArrayList;
import java.util.List;

/** Finds room for the labels of points: beside its point, where a label covers least of what is there and stays in the plot. */
final class LabelPlaces {
    private static final double CHARACTER = 6.2;
    private static final double LINE = 12;
    private static final double GAP = 7;
    private static final double OUTSIDE = 1e4;

    private final Box plot;
    private final List<Box> taken = new ArrayList<>();

    /** Where to write, and which end of the text is there ({@code text-anchor}). */
    record Place(double x, double y, String anchor) {}

    private record Box(double left, double top, double right, double bottom) {
        double overlap(Box other) {
            double width = Math.min(right, other.right) - Math.max(left, other.left);
            double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
            return width <= 0 || height <= 0 ? 0 : width * height;
        }

        boolean holds(Box other) {
            return left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom;
        }
    }

    LabelPlaces(double left, double top, double right, double bottom) {
        plot = new Box(left, top, right, bottom);
    }

    /** A point is here. */
    void occupy(double x, double y) {
        taken.add(new Box(x - 5, y - 5, x + 5, y + 5));
    }

    /** The place of a point's label, taken from now on. */
    Place find(double x, double y, int characters) {
        return best(
                List.of(
                        new Place(x + GAP, y - GAP + 2, "start"),
                        new Place(x + GAP, y + GAP + 6, "start"),
                        new Place(x - GAP, y - GAP + 2, "end"),
                        new Place(x - GAP, y + GAP + 6, "end"),
                        new Place(x, y - GAP - 3, "middle"),
                        new Place(x, y + GAP + 10, "middle")),
                characters);
    }

    /** The place of a horizontal line's label, taken from now on. */
    Place findAlong(double y, int characters) {
        double middle = (plot.left + plot.right) / 2;
        List<Place> places = new ArrayList<>();
        for (double height : List.of(y - 5, y + LINE + 1)) {
            places.add(new Place(plot.left + GAP, height, "start"));
            places.add(new Place(plot.right - GAP, height, "end"));
            places.add(new Place(middle, height, "middle"));
        }
        return best(places, characters);
    }

    private Place best(List<Place> places, int characters) {
        double width = characters * CHARACTER;
        Place best = places.get(0);
        double least = Double.POSITIVE_INFINITY;
        for (Place place : places) {
            Box box = box(place, width);
            double cost = plot.holds(box) ? 0 : OUTSIDE;
            for (Box other : taken) {
                cost += box.overlap(other);
            }
            if (cost < least) {
                least = cost;
                best = place;
            }
        }
        taken.add(box(best, width));
        return best;
    }

    private static Box box(Place place, double width) {
        double left =
                switch (place.anchor()) {
                    case "start" -> place.x();
                    case "end" -> place.x() - width;
                    default -> place.x() - width / 2;
                };
        return new Box(left, place.y() - LINE + 2, left + width, place.y() + 2);
    }
}
