package io.driftrec.app;

import io.driftrec.evaluation.FeatureMaps;
import io.driftrec.evaluation.protocol.MetricSuite;
import java.util.List;
import java.util.Optional;

/**
 * What an evaluation measures with, and the networks that are open for it.
 *
 * @param opened all networks of the suite and the maps
 */
record MetricNetworks(MetricSuite suite, Optional<FeatureMaps> maps, List<AutoCloseable> opened)
        implements AutoCloseable {
    @Override
    public void close() {
        close(opened);
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
