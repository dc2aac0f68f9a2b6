package io.driftrec.evaluation.protocol;

import java.util.Optional;

/**
 * The outcome of a cell.
 *
 * @param digest of the clean image's file
 * @param failure why there is no measurement; absent where there is one
 * @param evaluations of a network
 * @param seconds see {@link Attempt.Restored}
 */
public record Cell(
        CellKey key,
        String digest,
        Optional<String> failure,
        int evaluations,
        double seconds,
        Measurement measurement) {

    static Cell failed(CellKey key, String digest, String reason) {
        return new Cell(key, digest, Optional.of(reason), 0, 0, Measurement.NONE);
    }

    public boolean isMeasured() {
        return failure.isEmpty();
    }
}
