package io.driftrec.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * Repeated measurements: their median, and how far apart nine tenths of them lie.
 *
 * @param low the 5th percentile
 * @param high the 95th percentile
 * @param count how many there were
 */
public record Spread(double median, double low, double high, int count) {
    /** @throws IllegalArgumentException when there is no value */
    static Spread of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no measurements");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(at(sorted, 0.5), at(sorted, 0.05), at(sorted, 0.95), sorted.length);
    }

    /** The value below which a share of sorted values lies, interpolated between neighbours. */
    static double at(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** In another unit; the unit must grow with the value. */
    Spread map(DoubleUnaryOperator unit) {
        return new Spread(unit.applyAsDouble(median), unit.applyAsDouble(low), unit.applyAsDouble(high), count);
    }

    /** Such as {@code 12.3 (11.9 to 14.0)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4g (%.4g to %.4g)", median, low, high);
    }
}
