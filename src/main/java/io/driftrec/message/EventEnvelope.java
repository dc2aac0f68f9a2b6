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
 * What stands around an event's body: CloudEvents 1.0 in the binary mode of its Kafka protocol binding, where the attributes are
 * headers {@code ce_*} and the value is the JSON body alone.
 *
 * @param source the service
 * @param subject what the event is about, which is also the record's key
 * @param what the event tells of it; with the subject it decides the event's id
 * @param type of the event
 * @param schema of the body, without its version
 */
record EventEnvelope(URI source, String subject, String what, String type, String schema, Instant time) {
    private static final String MEDIA_TYPE = "application/json";
    private static final String PREFIX = "ce_";

    /** A name-based UUID. */
    static String id(String subject, String what) {
        return UUID.nameUUIDFromBytes((subject + "/" + what).getBytes(UTF_8)).toString();
    }

    /**
     * The event.
     *
     * @param incoming the headers of the record that led to it, whose trace context is carried on
     */
    OutgoingEvent around(byte[] body, Map<String, byte[]> incoming) {
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

    /** Every attribute is a header with the prefix {@code ce_}, save for the content type, which has its own. */
    private static Map<String, byte[]> headers(CloudEvent event) {
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
