package io.driftrec.batch;

import io.driftrec.network.ScoreNetwork;

/** What evaluations must have in common to share one network call. */
record CallKey(ScoreNetwork network, int tileHeight, int tileWidth) {
    long pixels() {
        return (long) tileHeight * tileWidth;
    }
}
