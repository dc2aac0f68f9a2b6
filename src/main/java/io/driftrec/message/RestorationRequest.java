package io.driftrec.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The value of a record of {@code driftrec.requests}: which image to restore, how, and where the result goes.
 *
 * <p>The URIs are absolute and hierarchical, without fragment and without credentials, 8192 characters at most.
 *
 * @param requestId chosen by the sender, 1 to 200 printable characters; the result's key, event id and default object name follow
 *     from it
 * @param source where the image is: {@code s3://}, {@code https://} or {@code file:}
 * @param target an object, or a prefix where it ends with {@code /}: then the name is derived from the request; never the source
 * @param model a model of the worker; its default where absent
 * @param modelDigest SHA-256 of the weights of the one version of that model that may be used; the worker's current version
 *     where absent
 * @param sampler the worker's default where absent
 * @param output PNG where absent
 * @param colourCorrection whether the channel means of the input are restored; true where absent
 * @param deadline sampling is not begun after this
 * @param attributes free texts that travel to the result: at most 32, with keys of 1 to 64 printable characters and values of at
 *     most 1024
 */
public record RestorationRequest(
        String requestId,
        URI source,
        URI target,
        Optional<String> model,
        Optional<String> modelDigest,
        SamplerSpec sampler,
        OutputSpec output,
        boolean colourCorrection,
        Optional<Instant> deadline,
        Map<String, String> attributes) {
    public RestorationRequest {
        Constraints.requestId(requestId);
        Constraints.location("source", source);
        Constraints.location("target", target);
        if (source.normalize().equals(target.normalize())) {
            throw new IllegalArgumentException(
                    "target = " + Quotation.of(target.toString()) + ": must not be the source itself");
        }
        model.ifPresent(name -> Constraints.name("model", name));
        modelDigest.ifPresent(digest -> Constraints.sha256("modelDigest", digest));
        deadline.ifPresent(instant -> Constraints.instant("deadline", instant));
        attributes = Constraints.attributes(attributes);
    }

    /** A request that takes the version of the model that the worker has in force. */
    public RestorationRequest(
            String requestId,
            URI source,
            URI target,
            Optional<String> model,
            SamplerSpec sampler,
            OutputSpec output,
            boolean colourCorrection,
            Optional<Instant> deadline,
            Map<String, String> attributes) {
        this(
                requestId,
                source,
                target,
                model,
                Optional.empty(),
                sampler,
                output,
                colourCorrection,
                deadline,
                attributes);
    }

    /** A request that leaves everything to the defaults. */
    public static RestorationRequest of(String requestId, URI source, URI target) {
        return new RestorationRequest(
                requestId,
                source,
                target,
                Optional.empty(),
                SamplerSpec.DEFAULT,
                OutputSpec.DEFAULT,
                true,
                Optional.empty(),
                Map.of());
    }

    @JsonCreator
    static RestorationRequest read(
            @JsonProperty("requestId") String requestId,
            @JsonProperty("source") URI source,
            @JsonProperty("target") URI target,
            @JsonProperty("model") Optional<String> model,
            @JsonProperty("modelDigest") Optional<String> modelDigest,
            @JsonProperty("sampler") Optional<SamplerSpec> sampler,
            @JsonProperty("output") Optional<OutputSpec> output,
            @JsonProperty("colourCorrection") Optional<Boolean> colourCorrection,
            @JsonProperty("deadline") Optional<Instant> deadline,
            @JsonProperty("attributes") Map<String, String> attributes) {
        return new RestorationRequest(
                requestId,
                source,
                target,
                model,
                modelDigest,
                sampler.orElse(SamplerSpec.DEFAULT),
                output.orElse(OutputSpec.DEFAULT),
                colourCorrection.orElse(true),
                deadline,
                attributes);
    }
}
