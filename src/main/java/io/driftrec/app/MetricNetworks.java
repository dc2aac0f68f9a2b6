package io.driftrec.app;

import io.driftrec.evaluation.Classifier;
import io.driftrec.evaluation.FeatureExtractor;
import io.driftrec.evaluation.PerceptualMetric;
import io.driftrec.evaluation.protocol.MetricSuite;
import java.util.List;

/** The networks of metrics that are open. */
record MetricNetworks(
        List<PerceptualMetric> perceptual, List<FeatureExtractor> extractors, List<Classifier> classifiers)
        implements AutoCloseable {

    MetricSuite suite() {
        return new MetricSuite(perceptual, extractors, classifiers);
    }

    @Override
    public void close() {
        close(perceptual);
        close(extractors);
        close(classifiers);
    }

    /** Closes networks, none of which fails to. */
    static void close(List<? extends AutoCloseable> networks) {
        for (AutoCloseable network : networks) {
            try {
                network.close();
            } catch (Exception e) {
                throw new IllegalStateException("a network can't be closed", e);
            }
        }
    }
}
