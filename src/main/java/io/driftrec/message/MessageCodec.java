package io.driftrec.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wire records as JSON bytes and back.
 *
 * <p>Decoding takes whatever a stranger sent and answers with an outcome; it never throws for a bad body. A body passes three
 * gates: the limits of {@link StrictJson}, the published schema, and the record's own constructor. Unknown fields are ignored, so
 * that a sender of version 1.1 can talk to a worker of 1.0; another major version is not read at all, because even its request id
 * could mean something else. Encoded bytes are a function of the record. Thread-safe.
 */
public final class MessageCodec {
    /** The largest body that is read by default. */
    public static final int DEFAULT_MAX_BYTES = 256 * 1024;

    private static final Pattern OTHER_MAJOR_VERSION = Pattern.compile("(?!1(\\.|$))[0-9]{1,9}(\\.[0-9]{1,9}){0,2}");
    private static final int MAX_MESSAGE = 1000;

    private final StrictJson json;
    private final WireMapping mapping = new WireMapping();
    private final WireSchema requestSchema = WireSchema.load("restoration-request");
    private final WireSchema resultSchema = WireSchema.load("restoration-result");
    private final WireSchema progressSchema = WireSchema.load("restoration-progress");

    public MessageCodec() {
        this(DEFAULT_MAX_BYTES);
    }

    /**
     * A codec that reads bodies of at most {@code maxBytes}.
     *
     * @throws IllegalArgumentException if {@code maxBytes} is not positive
     */
    public MessageCodec(int maxBytes) {
        Constraints.range("maxBytes", maxBytes, 1, Integer.MAX_VALUE);
        json = new StrictJson(maxBytes);
    }

    public byte[] encode(RestorationRequest request) {
        return mapping.write(request);
    }

    public byte[] encode(RestorationResult result) {
        return mapping.write(result);
    }

    public byte[] encode(RestorationProgress progress) {
        return mapping.write(progress);
    }

    /** The request in the value of a record; null is a record without value. */
    public Decoded<RestorationRequest> decodeRequest(byte @Nullable [] body) {
        return decode(body, requestSchema, RestorationRequest.class);
    }

    /** The result in the value of a record; null is a record without value. */
    public Decoded<RestorationResult> decodeResult(byte @Nullable [] body) {
        return decode(body, resultSchema, RestorationResult.class);
    }

    /** The progress in the value of a record; null is a record without value. */
    public Decoded<RestorationProgress> decodeProgress(byte @Nullable [] body) {
        return decode(body, progressSchema, RestorationProgress.class);
    }

    private <T> Decoded<T> decode(byte @Nullable [] body, WireSchema schema, Class<T> type) {
        ObjectNode tree;
        try {
            tree = json.read(body);
        } catch (StrictJson.Refused e) {
            return new Decoded.Unreadable<>(e.reason(), e.explanation());
        }
        String version = tree.path(WireMapping.VERSION_FIELD).asText();
        if (isOtherMajorVersion(version)) {
            return new Decoded.Unreadable<>(
                    DeadLetter.Reason.UNKNOWN_VERSION, "schemaVersion = " + Quotation.of(version) + ": must be 1.x");
        }
        JsonNode requestId = tree.path("requestId");
        if (!requestId.isTextual() || !Constraints.isRequestId(requestId.textValue())) {
            return new Decoded.Unreadable<>(DeadLetter.Reason.NO_REQUEST_ID, noRequestId(requestId));
        }
        Optional<String> problem = schema.problem(tree);
        if (problem.isPresent()) {
            return invalid(tree, problem.get());
        }
        try {
            return new Decoded.Valid<>(mapping.read(tree, type));
        } catch (IllegalArgumentException e) {
            return invalid(tree, String.valueOf(e.getMessage()));
        }
    }

    /** Whether a body of that schema version is not to be read at all. */
    static boolean isOtherMajorVersion(String version) {
        return OTHER_MAJOR_VERSION.matcher(version).matches();
    }

    private static String noRequestId(JsonNode node) {
        String value =
                node.isMissingNode() ? "absent" : Quotation.of(node.isTextual() ? node.textValue() : node.asText());
        return "requestId is " + value
                + ": must be a text of 1 to 200 printable characters without a space at either end";
    }

    private static <T> Decoded<T> invalid(JsonNode tree, String message) {
        return new Decoded.Invalid<>(
                tree.path("requestId").textValue(),
                source(tree.path("source")),
                attributes(tree.path("attributes")),
                Quotation.clean(message, MAX_MESSAGE));
    }

    private static Optional<URI> source(JsonNode node) {
        try {
            return Optional.of(Constraints.location("source", new URI(node.asText())));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> attributes(JsonNode node) {
        Map<String, String> readable = new LinkedHashMap<>();
        node.properties().forEach(property -> {
            if (readable.size() < Constraints.MAX_ATTRIBUTES
                    && property.getValue().isTextual()
                    && Constraints.isAttribute(
                            property.getKey(), property.getValue().textValue())) {
                readable.put(property.getKey(), property.getValue().textValue());
            }
        });
        return readable;
    }
}
