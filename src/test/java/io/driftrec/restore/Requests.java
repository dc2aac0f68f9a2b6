package io.driftrec.restore;

import io.driftrec.message.OutputSpec;
import io.driftrec.message.RestorationRequest;
import io.driftrec.message.SamplerSpec;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A request that tests vary, one part at a time. */
record Requests(
        String id,
        URI source,
        URI target,
        Optional<String> model,
        SamplerSpec sampler,
        OutputSpec output,
        boolean colourCorrection,
        Optional<Instant> deadline) {
    static final URI SOURCE = URI.create("s3://uploads/cat.png");
    static final URI TARGET = URI.create("s3://restored/");
    static final Map<String, String> ATTRIBUTES = Map.of("tenant", "gallery");

    /** One evaluation, PNG, no colour correction: the restored image is what the oracle knows. */
    static Requests plain() {
        return new Requests(
                "request-1",
                SOURCE,
                TARGET,
                Optional.empty(),
                sampler("x0"),
                OutputSpec.DEFAULT,
                false,
                Optional.empty());
    }

    static SamplerSpec sampler(String kind) {
        return sampler(kind, OptionalInt.empty(), OptionalLong.empty(), 1);
    }

    static SamplerSpec sampler(String kind, OptionalInt steps, OptionalLong seed, int samples) {
        return new SamplerSpec(
                Optional.of(kind),
                Optional.empty(),
                steps,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                seed,
                OptionalInt.of(samples));
    }

    Requests withId(String other) {
        return new Requests(other, source, target, model, sampler, output, colourCorrection, deadline);
    }

    Requests from(String other) {
        return new Requests(id, URI.create(other), target, model, sampler, output, colourCorrection, deadline);
    }

    Requests to(String other) {
        return new Requests(id, source, URI.create(other), model, sampler, output, colourCorrection, deadline);
    }

    Requests by(String other) {
        return new Requests(id, source, target, Optional.of(other), sampler, output, colourCorrection, deadline);
    }

    Requests with(SamplerSpec other) {
        return new Requests(id, source, target, model, other, output, colourCorrection, deadline);
    }

    Requests as(String format, int quality) {
        return new Requests(
                id, source, target, model, sampler, new OutputSpec(format, quality), colourCorrection, deadline);
    }

    Requests withColourCorrection() {
        return new Requests(id, source, target, model, sampler, output, true, deadline);
    }

    Requests until(Instant instant) {
        return new Requests(id, source, target, model, sampler, output, colourCorrection, Optional.of(instant));
    }

    RestorationRequest request() {
        return new RestorationRequest(
                id, source, target, model, sampler, output, colourCorrection, deadline, ATTRIBUTES);
    }
}
