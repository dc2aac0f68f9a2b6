package io.driftrec.evaluation.protocol;

/**
 * A metric as tables show it.
 *
 * @param key of its values in journal and JSON, which are unscaled
 * @param title for people, with the scale
 * @param scale from the value to what is shown
 * @param decimals that are shown
 * @param isAvailable false where the weights of its network were not given
 */
public record MetricColumn(
        String key, String title, Kind kind, Better better, double scale, int decimals, boolean isAvailable) {
    /** What a value belongs to. */
    public enum Kind {
        /** One image; tables give the mean. */
        IMAGE,
        /** One image and its class; tables give the mean. */
        CLASSIFICATION,
        /** All images of a condition and method together. */
        SET
    }

    /** Which way is better. */
    public enum Better {
        HIGHER,
        LOWER
    }

    /** A value as it is shown, without an arrow. */
    public double shown(double value) {
        return scale * value;
    }

    static MetricColumn image(String key, String title, Better better, double scale, int decimals) {
        return new MetricColumn(key, title, Kind.IMAGE, better, scale, decimals, true);
    }
}
