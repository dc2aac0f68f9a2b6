package io.driftrec.message;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * The image is restored, and the result is where {@link RestoredImage#uri()} says.
 *
 * @param requestId of the request
 * @param source of the request
 * @param image the result
 * @param model what restored it
 * @param sampler how
 * @param evaluations evaluations of the network for this image, all samples together (NFE)
 * @param timings where the time went
 * @param completedAt when the result was written
 * @param worker the worker's name
 * @param attributes of the request
 */
public record RestorationCompleted(
        String requestId,
        URI source,
        RestoredImage image,
        ModelIdentity model,
        EffectiveSampler sampler,
        int evaluations,
        @JsonProperty("timingsMillis") StageTimings timings,
        Instant completedAt,
        String worker,
        Map<String, String> attributes)
        implements RestorationResult {
    public RestorationCompleted {
        Constraints.requestId(requestId);
        Constraints.location("source", source);
        Constraints.range("evaluations", evaluations, 1, Integer.MAX_VALUE);
        Constraints.instant("completedAt", completedAt);
        Constraints.name("worker", worker);
        attributes = Constraints.attributes(attributes);
    }

    @Override
    public Instant endedAt() {
        return completedAt;
    }
}
