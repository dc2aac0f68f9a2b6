package io.driftrec.training;

import io.driftrec.network.Precision;
import io.driftrec.storage.Backoff;
import java.time.Duration;

/**
 * How a training is run, which does not change what it computes but for rounding.
 *
 * @param precision in which the network computes; the parameters are float32 throughout
 * @param checkpointEvery time between checkpoints
 * @param validateEverySteps steps between validations
 * @param validationPatches patches of the validation images, the same every time
 * @param progressEvery time between progress reports
 * @param dataThreads threads that decode and corrupt
 * @param cacheBytes memory for decoded images
 * @param backoff of accesses to stores without which the training cannot go on
 */
public record RunSettings(
        Precision precision,
        Duration checkpointEvery,
        int validateEverySteps,
        int validationPatches,
        Duration progressEvery,
        int dataThreads,
        long cacheBytes,
        Backoff backoff) {
    public RunSettings {
        require(validateEverySteps >= 1, "validateEverySteps", validateEverySteps, "1 or more");
        require(validationPatches >= 1, "validationPatches", validationPatches, "1 or more");
        require(dataThreads >= 1, "dataThreads", dataThreads, "1 or more");
        require(cacheBytes >= 0, "cacheBytes", cacheBytes, "0 or more");
        require(!checkpointEvery.isNegative(), "checkpointEvery", checkpointEvery, "not negative");
        require(!progressEvery.isNegative(), "progressEvery", progressEvery, "not negative");
    }

    private static void require(boolean isValid, String field, Object value, String expectation) {
        if (!isValid) {
            throw new IllegalArgumentException("%s must be %s, not %s".formatted(field, expectation, value));
        }
    }
}
