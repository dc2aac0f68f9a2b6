package io.driftrec.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;

/**
 * The value of a record of {@code driftrec.results}: how one request ended. The field {@code status} tells which.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "status")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RestorationCompleted.class, name = "completed"),
    @JsonSubTypes.Type(value = RestorationFailed.class, name = "failed")
})
public sealed interface RestorationResult permits RestorationCompleted, RestorationFailed {
    String requestId();

    /** The worker that reports; for people who look for its logs. */
    String worker();

    /** The attributes of the request. */
    Map<String, String> attributes();

    /** When the request ended. */
    Instant endedAt();
}
