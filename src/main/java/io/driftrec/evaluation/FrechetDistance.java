package io.driftrec.evaluation;

import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * The Fréchet distance of two sets of feature vectors, each taken for a sample of a normal distribution with mean m and
 * covariance S (sample covariance, n / (n - 1)):
 *
 * <pre>|m_x - m_y|^2 + tr S_x + tr S_y - 2 tr (S_x S_y)^(1/2)</pre>
 *
 * With Inception features it is called FID (Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a Local
 * Nash Equilibrium", 2017). In double precision.
 *
 * <p>No matrix root is taken. With S_x = X^T X and S_y = Y^T Y, the eigenvalues of S_x S_y other than 0 are the squared
 * singular values of X Y^T, so the last trace is their sum. X and Y have a row per image, or, where there are more images
 * than features, a row per feature: the triangular factor of X. This is exact for few images too, where iterations for the
 * root of a singular matrix are not.
 */
public final class FrechetDistance {
    private FrechetDistance() {}

    /**
     * The distance, the same for both orders of the arguments.
     *
     * @param restored (N, d)
     * @param reference (M, d)
     * @return 0 or more
     * @throws IllegalArgumentException for less than two vectors in a set, or vectors of different lengths
     */
    public static double of(List<float[]> restored, List<float[]> reference) {
        int dimension = FeatureSets.dimension(restored, reference);
        double[] restoredMean = mean(restored, dimension);
        double[] referenceMean = mean(reference, dimension);
        double shift = 0;
        for (int i = 0; i < dimension; i++) {
            shift += (restoredMean[i] - referenceMean[i]) * (restoredMean[i] - referenceMean[i]);
        }
        RealMatrix x = factor(restored, restoredMean);
        RealMatrix y = factor(reference, referenceMean);
        double traces = squaredNorm(x) + squaredNorm(y);
        return Math.max(0, shift + traces - 2 * sumOfSingularValues(x.multiplyTransposed(y)));
    }

    private static double[] mean(List<float[]> vectors, int dimension) {
        double[] mean = new double[dimension];
        for (float[] vector : vectors) {
            for (int i = 0; i < dimension; i++) {
                mean[i] += vector[i];
            }
        }
        for (int i = 0; i < dimension; i++) {
            mean[i] /= vectors.size();
        }
        return mean;
    }

    /** A matrix X with at most as many rows as columns whose X^T X is the covariance. */
    private static RealMatrix factor(List<float[]> vectors, double[] mean) {
        double scale = 1 / Math.sqrt(vectors.size() - 1.0);
        double[][] rows = new double[vectors.size()][mean.length];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < mean.length; i++) {
                rows[row][i] = scale * (vectors.get(row)[i] - mean[i]);
            }
        }
        RealMatrix centred = new Array2DRowRealMatrix(rows, false);
        if (rows.length <= mean.length) {
            return centred;
        }
        return new QRDecomposition(centred).getR().getSubMatrix(0, mean.length - 1, 0, mean.length - 1);
    }

    private static double squaredNorm(RealMatrix matrix) {
        double norm = matrix.getFrobeniusNorm();
        return norm * norm;
    }

    private static double sumOfSingularValues(RealMatrix matrix) {
        double sum = 0;
        for (double value : new SingularValueDecomposition(matrix).getSingularValues()) {
            sum += value;
        }
        return sum;
    }
}
