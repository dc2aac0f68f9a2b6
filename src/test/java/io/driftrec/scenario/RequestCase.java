package io.driftrec.scenario;

import io.driftrec.message.DeadLetter;
import io.driftrec.message.FailureCode;
import java.util.Optional;

/**
 * A request and how it must end.
 *
 * @param key of the record, used once
 * @param body of the record; empty for a tombstone
 */
record RequestCase(String key, Optional<String> body, Ending ending) {
    sealed interface Ending {
        /** What is known of the image that must be there afterwards. */
        record Completed(int width, int height, String format, boolean isGrey, boolean hasAlpha) implements Ending {}

        record Failed(FailureCode code) implements Ending {}

        record DeadLettered(DeadLetter.Reason reason) implements Ending {}
    }
}
