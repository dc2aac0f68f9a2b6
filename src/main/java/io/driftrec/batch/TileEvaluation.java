package io.driftrec.batch;

/**
 * One tile of one trajectory that waits for its score.
 *
 * @param order its age: lower is older
 */
record TileEvaluation(TrajectoryFlight flight, int tile, long order) {
    CallKey key() {
        return flight.job().key();
    }
}
