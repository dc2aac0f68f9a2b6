package io.driftrec.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.types.Time;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Turns wire records into events: CloudEvents 1.0 in the binary mode of its Kafka protocol binding, where the attributes are
 * headers {@code ce_*} and the value is the JSON body alone.
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

    private static final String MEDIA_TYPE = "application/json";
    private static final String PREFIX = "ce_";

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
        return event(
                request.requestId(),
                "request",
                REQUESTED,
                "restoration-request",
                requestedAt,
                codec.encode(request),
                Map.of());
    }

    /**
     * The event that tells how a request ended.
     *
     * @param result the end
     * @param incoming the headers of the request's record, whose trace context is carried on
     */
    public OutgoingEvent result(RestorationResult result, Map<String, byte[]> incoming) {
        return event(
                result.requestId(),
                "result",
                result instanceof RestorationCompleted ? COMPLETED : FAILED,
                "restoration-result",
                result.endedAt(),
                codec.encode(result),
                incoming);
    }

    /**
     * The event that tells how far a request is.
     *
     * @param progress how far
     * @param incoming the headers of the request's record, whose trace context is carried on
     */
    public OutgoingEvent progress(RestorationProgress progress, Map<String, byte[]> incoming) {
        return event(
                progress.requestId(),
                "progress/" + progress.step(),
                PROGRESS,
                "restoration-progress",
                progress.reportedAt(),
                codec.encode(progress),
                incoming);
    }

    /** The event that tells which version of a model is in force; its key is the model's name. */
    public OutgoingEvent modelPublished(ModelPublished model) {
        return event(
                model.name(),
                model.weightsSha256() + "/published",
                MODEL_PUBLISHED,
                "model-published",
                model.publishedAt(),
                models.encode(model),
                Map.of());
    }

    /** The id of the one visible end of a request. */
    public static String resultId(String requestId) {
        return id(requestId, "result");
    }

    private static String id(String subject, String what) {
        return UUID.nameUUIDFromBytes((subject + "/" + what).getBytes(UTF_8)).toString();
    }

    private OutgoingEvent event(
            String subject,
            String what,
            String type,
            String schema,
            Instant time,
            byte[] body,
            Map<String, byte[]> incoming) {
        CloudEvent attributes = CloudEventBuilder.v1()
                .withId(id(subject, what))
                .withSource(source)
                .withType(type)
                .withSubject(subject)
                .withTime(time.atOffset(ZoneOffset.UTC))
                .withDataContentType(MEDIA_TYPE)
                .withDataSchema(URI.create("urn:driftrec:schema:" + schema + ":1"))
                .build();
        Map<String, byte[]> headers = headers(attributes);
        headers.putAll(TraceContext.of(incoming));
        return new OutgoingEvent(subject, body, headers);
    }

    /** The binary mode: every attribute is a header with the prefix {@code ce_}, save for the content type, which has its own. */
    static Map<String, byte[]> headers(CloudEvent event) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        for (String name : event.getAttributeNames().stream().sorted().toList()) {
            Object attribute = event.getAttribute(name);
            if (attribute != null) {
                String header = name.equals("datacontenttype") ? "content-type" : PREFIX + name;
                String text =
                        attribute instanceof OffsetDateTime moment ? Time.writeTime(moment) : attribute.toString();
                headers.put(header, text.getBytes(UTF_8));
            }
        }
        return headers;
    }
}
