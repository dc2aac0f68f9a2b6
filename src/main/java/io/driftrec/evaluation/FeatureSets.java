package io.driftrec.evaluation;

import java.util.List;

/** What two sets of feature vectors must have before a distance between them means anything. */
final class FeatureSets {
    private FeatureSets() {}

    /**
     * The length that all vectors share.
     *
     * @throws IllegalArgumentException for less than two vectors in a set, vectors of different lengths or values not finite
     */
    static int dimension(List<float[]> restored, List<float[]> reference) {
        if (restored.size() < 2 || reference.size() < 2) {
            throw new IllegalArgumentException("sets of %d and %d images: a distance of sets needs at least 2 in each"
                    .formatted(restored.size(), reference.size()));
        }
        int dimension = restored.get(0).length;
        check(restored, dimension);
        check(reference, dimension);
        return dimension;
    }

    private static void check(List<float[]> vectors, int dimension) {
        for (float[] vector : vectors) {
            if (vector.length != dimension || dimension == 0) {
                throw new IllegalArgumentException("feature vectors have %d and %d values: lengths must agree"
                        .formatted(dimension, vector.length));
            }
            for (float value : vector) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("a feature is " + value + ": it must be finite");
                }
            }
        }
    }
}
