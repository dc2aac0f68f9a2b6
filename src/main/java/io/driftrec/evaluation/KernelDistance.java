package io.driftrec.evaluation;

import java.util.List;

/**
 * The kernel distance of two sets of feature vectors (Bińkowski, Sutherland, Arbel, Gretton, "Demystifying MMD GANs", 2018):
 * one unbiased estimate of the squared maximum mean discrepancy over all vectors, not an average over subsets, as the paper's
 * tables have it:
 *
 * <pre>
 * mean over i != j of k(x_i, x_j) + mean over i != j of k(y_i, y_j) - 2 mean over i, j of k(x_i, y_j)
 * k(x, y) = (x . y / d + 1)^3
 * </pre>
 *
 * With Inception features it is called KID. It may be slightly negative for sets that are alike. Tables give it times 100.
 */
public final class KernelDistance {
    private KernelDistance() {}

    /**
     * The distance, the same for both orders of the arguments.
     *
     * @param restored (N, d)
     * @param reference (M, d)
     * @throws IllegalArgumentException for less than two vectors in a set, or vectors of different lengths
     */
    public static double of(List<float[]> restored, List<float[]> reference) {
        int dimension = FeatureSets.dimension(restored, reference);
        return meanWithin(restored, dimension)
                + meanWithin(reference, dimension)
                - 2 * meanBetween(restored, reference, dimension);
    }

    private static double meanWithin(List<float[]> vectors, int dimension) {
        double sum = 0;
        for (int i = 0; i < vectors.size(); i++) {
            for (int j = 0; j < i; j++) {
                sum += kernel(vectors.get(i), vectors.get(j), dimension);
            }
        }
        return 2 * sum / ((double) vectors.size() * (vectors.size() - 1));
    }

    private static double meanBetween(List<float[]> first, List<float[]> second, int dimension) {
        double sum = 0;
        for (float[] x : first) {
            for (float[] y : second) {
                sum += kernel(x, y, dimension);
            }
        }
        return sum / ((double) first.size() * second.size());
    }

    private static double kernel(float[] x, float[] y, int dimension) {
        double product = 0;
        for (int i = 0; i < dimension; i++) {
            product += (double) x[i] * y[i];
        }
        double base = product / dimension + 1;
        return base * base * base;
    }
}
