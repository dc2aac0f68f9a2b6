package io.driftrec.message;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The request came to nothing, and no object was left behind.
 *
 * @param requestId of the request
 * @param source of the request, where it could be read
 * @param code the kind of failure
 * @param message for people; what is longer than 1000 characters is cut, and what does not print is replaced
 * @param retryable whether sending the same request again may succeed
 * @param attempts how often the worker tried, 0 where it did not begin
 * @param failedAt when it gave up
 * @param worker the worker's name
 * @param attributes of the request, where they could be read
 */
public record RestorationFailed(
        String requestId,
        Optional<URI> source,
        FailureCode code,
        String message,
        boolean retryable,
        int attempts,
        Instant failedAt,
        String worker,
        Map<String, String> attributes)
        implements RestorationResult {
    private static final int MAX_MESSAGE = 1000;

    public RestorationFailed {
        Constraints.requestId(requestId);
        source.ifPresent(uri -> Constraints.location("source", uri));
        // The text often comes from an exception: whatever it is, the failure must be reported.
        message = message.isBlank() ? code.name() : Quotation.clean(message, MAX_MESSAGE);
        Constraints.range("attempts", attempts, 0, Integer.MAX_VALUE);
        Constraints.instant("failedAt", failedAt);
        Constraints.name("worker", worker);
        attributes = Constraints.attributes(attributes);
    }

    /** The failure of a request that was understood; retryable as its code is. */
    public static RestorationFailed of(
            RestorationRequest request,
            FailureCode code,
            String message,
            int attempts,
            Instant failedAt,
            String worker) {
        return new RestorationFailed(
                request.requestId(),
                Optional.of(request.source()),
                code,
                message,
                code.isRetryable(),
                attempts,
                failedAt,
                worker,
                request.attributes());
    }

    /** The failure of a request that was not understood, save for its id. */
    public static RestorationFailed of(Decoded.Invalid<RestorationRequest> invalid, Instant failedAt, String worker) {
        return new RestorationFailed(
                invalid.requestId(),
                invalid.source(),
                FailureCode.INVALID_REQUEST,
                invalid.message(),
                FailureCode.INVALID_REQUEST.isRetryable(),
                0,
                failedAt,
                worker,
                invalid.attributes());
    }

    @Override
    public Instant endedAt() {
        return failedAt;
    }
}
