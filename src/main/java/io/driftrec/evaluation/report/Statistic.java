package io.driftrec.evaluation.report;

import java.util.List;
import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * A mean over images and how well it is known.
 *
 * @param count of images, at least 1
 * @param mean may be infinite, as the PSNR of a perfect image is
 * @param standardError of the mean: sample standard deviation (n - 1) over the root of n; absent for a single image, where the mean
 *     is infinite, and for a value of all images together
 */
public record Statistic(int count, double mean, OptionalDouble standardError) {
    private static final double UPPER_95 = 0.975;

    /** The mean of values, of which there is at least one. */
    static Statistic of(List<Double> values) {
        int count = values.size();
        if (count == 0) {
            throw new IllegalArgumentException("a mean needs a value");
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / count;
        if (count == 1 || !Double.isFinite(mean)) {
            return new Statistic(count, mean, OptionalDouble.empty());
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Statistic(count, mean, OptionalDouble.of(Math.sqrt(squares / (count - 1) / count)));
    }

    /** A value of all images together. */
    static Statistic ofSet(int count, double value) {
        return new Statistic(count, value, OptionalDouble.empty());
    }

    /** Half the width of the 95 % confidence interval, by Student's t with n - 1 degrees of freedom. */
    public OptionalDouble halfWidth() {
        if (standardError.isEmpty()) {
            return standardError;
        }
        double quantile = new TDistribution(count - 1).inverseCumulativeProbability(UPPER_95);
        return OptionalDouble.of(quantile * standardError.getAsDouble());
    }
}
