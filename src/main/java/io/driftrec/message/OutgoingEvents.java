package io.driftrec.message;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * Turns wire records into events, with the attributes and headers of {@link EventEnvelope}.
 *
 * <p>The id of an event is a name-based UUID of the request id and of what the event tells: {@code <requestId>/result}, {@code
 * <requestId>/progress/<step>} or {@code <requestId>/request}; of a published model, of its name and version, {@code
 * <name>/<weightsSha256>/published}. A request that is worked on twice therefore ends in two events of
 * one id and one source, which a reader can recognise; completed and failed share the id, since a request has one visible end.
 * That is why the source names the service and not the worker, which is a field of the body. Thread-safe.
 */
public final class OutgoingEvents {
    /** The source of the events where nothing else is configured. */
    public static final URI DEFAULT_SOURCE = URI.create("urn:driftrec:restoration");

    public static final String REQUESTED = "io.driftrec.restoration.requested.v1";
    public static final String COMPLETED = "io.driftrec.restoration.completed.v1";
    public static final String FAILED = "io.driftrec.restoration.failed.v1";
    public static final String PROGRESS = "io.driftrec.restoration.progress.v1";

    public static final String MODEL_PUBLISHED = "io.driftrec.model.published.v1";

    private final MessageCodec codec;
    private final ModelCodec models = new ModelCodec();
    private final URI source;

    /**
     * Events of one service.
     *
     * @param codec writes the bodies
     * @param source the service, the same in all its workers
     */
    public OutgoingEvents(MessageCodec codec, URI source) {
        this.codec = codec;
        this.source = source;
    }

    /** The event that asks for a restoration. */
    public OutgoingEvent request(RestorationRequest request, Instant requestedAt) {
        return new EventEnvelope(source, request.requestId(), "request", REQUESTED, "restoration-request", requestedAt)
                .around(codec.encode(request), Map.of());
    }

    /**
     * The event that tells how a request ended.
     *
     * @param result the end
     * @param incoming the headers of the request's record, whose trace context is carried on
     */
    public OutgoingEvent result(RestorationResult result, Map<String, byte[]> incoming) {
        return new EventEnvelope(
                        source,
                        result.requestId(),
                        "result",
                        result instanceof RestorationCompleted ? COMPLETED : FAILED,
                        "restoration-result",
                        result.endedAt())
                .around(codec.encode(result), incoming);
    }

    /**
     * The event that tells how far a request is.
     *
     * @param progress how far
     * @param incoming the headers of the request's record, whose trace context is carried on
     */
    public OutgoingEvent progress(RestorationProgress progress, Map<String, byte[]> incoming) {
        return new EventEnvelope(
                        source,
                        progress.requestId(),
                        "progress/" + progress.step(),
                        PROGRESS,
                        "restoration-progress",
                        progress.reportedAt())
                .around(codec.encode(progress), incoming);
    }

    /** The event that tells which version of a model is in force; its key is the model's name. */
    public OutgoingEvent modelPublished(ModelPublished model) {
        return new EventEnvelope(
                        source,
                        model.name(),
                        model.weightsSha256() + "/published",
                        MODEL_PUBLISHED,
                        "model-published",
                        model.publishedAt())
                .around(models.encode(model), Map.of());
    }

    /** The id of the one visible end of a request. */
    public static String resultId(String requestId) {
        return EventEnvelope.id(requestId, "result");
    }
}
