package io.driftrec.message;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * The value of a record of {@code driftrec.progress}: how far an image in the lane is.
 *
 * @param requestId of the request
 * @param step steps done, 0 at the start
 * @param steps steps in all; absent where the sampler chooses its steps as it goes
 * @param reportedAt when
 * @param worker the worker's name
 */
public record RestorationProgress(String requestId, int step, OptionalInt steps, Instant reportedAt, String worker) {
    public RestorationProgress {
        Constraints.requestId(requestId);
        Constraints.range("step", step, 0, steps.orElse(Integer.MAX_VALUE));
        steps.ifPresent(value -> Constraints.range("steps", value, 1, Integer.MAX_VALUE));
        Constraints.instant("reportedAt", reportedAt);
        Constraints.name("worker", worker);
    }
}
