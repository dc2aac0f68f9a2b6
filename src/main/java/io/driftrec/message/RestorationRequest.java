package io.driftrec.message;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The value of a record of {@code driftrec.requests}: which image to restore, how, and where the result goes.
 *
 * @param requestId chosen by the sender, 1 to 200 characters; the result's key, event id and default object name follow from it
 * @param source where the image is: {@code s3://}, {@code https://} or {@code file:}
 * @param target an object, or a prefix where it ends with {@code /}: then the name is derived from the request
 * @param model a model of the worker; its default where absent
 * @param sampler the worker's default where absent
 * @param output PNG where absent
 * @param colourCorrection whether the channel means of the input are restored; true where absent
 * @param deadline sampling is not begun after this
 * @param attributes free texts that travel to the result
 */
public record RestorationRequest(
        String requestId,
        URI source,
        URI target,
        Optional<String> model,
        SamplerSpec sampler,
        OutputSpec output,
        boolean colourCorrection,
        Optional<Instant> deadline,
        Map<String, String> attributes) {
    public RestorationRequest {
        attributes = Map.copyOf(attributes);
    }
}
