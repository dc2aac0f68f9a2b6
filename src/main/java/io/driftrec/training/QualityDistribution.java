package io.driftrec.training;

import java.util.Arrays;

/** How JPEG qualities are drawn from a range. */
public enum QualityDistribution {
    /** Every quality as often, as in the paper. */
    UNIFORM("uniform") {
        @Override
        int draw(int min, int max, double u) {
            return min + (int) ((max + 1 - min) * u);
        }
    },
    /** Every ratio as often, 5 to 10 as 10 to 20: low qualities, which leave more to restore, are drawn more often. */
    LOG_UNIFORM("log-uniform") {
        @Override
        int draw(int min, int max, double u) {
            return Math.min((int) (min * Math.pow((max + 1.0) / min, u)), max);
        }
    };

    private final String label;

    QualityDistribution(String label) {
        this.label = label;
    }

    /** As jobs and options write it. */
    public String label() {
        return label;
    }

    /** A quality of min to max, both included, for {@code u} uniform in 0..1, without 1. */
    abstract int draw(int min, int max, double u);

    static QualityDistribution of(String label) {
        return Arrays.stream(values())
                .filter(distribution -> distribution.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the distribution of qualities must be uniform or log-uniform, not " + label));
    }
}
