package io.driftrec.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A record ready to be published, whatever the topic: key, JSON bytes, and CloudEvents and trace headers. Immutable. */
public final class OutgoingEvent {
    private final String key;
    private final byte[] value;
    private final Map<String, byte[]> headers;

    /** An event as it will be written; {@link OutgoingEvents} makes those of driftrec. */
    public OutgoingEvent(String key, byte[] value, Map<String, byte[]> headers) {
        this.key = key;
        this.value = value.clone();
        this.headers = copy(headers);
    }

    /** The request id, or the model's name; in UTF-8 the key of the record. */
    public String key() {
        return key;
    }

    /** The JSON text in UTF-8; a copy. */
    public byte[] value() {
        return value.clone();
    }

    /** The headers in the order in which they are to be written; a copy. */
    public Map<String, byte[]> headers() {
        return copy(headers);
    }

    /** The text of a header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(bytes -> new String(bytes, UTF_8));
    }

    /** The CloudEvents id: the same for every repetition of the event. */
    public String id() {
        return header("ce_id").orElseThrow();
    }

    @Override
    public String toString() {
        return "OutgoingEvent[" + header("ce_type").orElse("") + " " + key + ", " + value.length + " bytes]";
    }

    private static Map<String, byte[]> copy(Map<String, byte[]> headers) {
        Map<String, byte[]> copy = new LinkedHashMap<>();
        headers.forEach((name, bytes) -> copy.put(name, bytes.clone()));
        return copy;
    }
}
