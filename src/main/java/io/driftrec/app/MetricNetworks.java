package io.driftrec.app;

import io.driftrec.evaluation.Classifier;
import io.driftrec.evaluation.FeatureExtractor;
import io.driftrec.evaluation.FeatureMaps;
import io.driftrec.evaluation.PerceptualMetric;
import io.driftrec.evaluation.protocol.MetricSuite;
import java.util.List;
import java.util.Optional;

/** The networks of metrics that are open. */
record MetricNetworks(
        List<PerceptualMetric> perceptual,
        List<FeatureExtractor> extractors,
        List<Classifier> classifiers,
        Optional<FeatureMaps> maps)
        implements AutoCloseable {

    MetricSuite suite() {
        return new MetricSuite(perceptual, extractors, classifiers);
    }

    @Override
    public void close() {
        close(perceptual);
        close(extractors);
        close(classifiers);
        maps.ifPresent(FeatureMaps::close);
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
