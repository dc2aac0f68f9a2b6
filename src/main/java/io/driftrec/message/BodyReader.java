package io.driftrec.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what a stranger sent and answers with an outcome; it never throws for a bad body. A body passes three gates: the limits of
 * {@link StrictJson}, the published schema, and the record's own constructor. Unknown fields are ignored, so that a sender of
 * version 1.1 can talk to a receiver of 1.0; another major version is not read at all, because even its id could mean something
 * else. Thread-safe.
 */
final class BodyReader {
    private static final Pattern OTHER_MAJOR_VERSION = Pattern.compile("(?!1(\\.|$))[0-9]{1,9}(\\.[0-9]{1,9}){0,2}");
    private static final int MAX_MESSAGE = 1000;

    private final StrictJson json;
    private final WireMapping mapping;
    private final IdField id;

    /**
     * The field that says what a body is about.
     *
     * @param expectation what the field must be, in words
     */
    record IdField(String name, Predicate<String> isValid, String expectation) {}

    BodyReader(StrictJson json, WireMapping mapping, IdField id) {
        this.json = json;
        this.mapping = mapping;
        this.id = id;
    }

    /** The record of a type in a body; null is a record without value. */
    <T> Decoded<T> read(byte @Nullable [] body, WireSchema schema, Class<T> type) {
        ObjectNode tree;
        try {
            tree = json.read(body);
        } catch (StrictJson.Refused e) {
            return new Decoded.Unreadable<>(e.reason(), e.explanation());
        }
        String version = tree.path(WireMapping.VERSION_FIELD).asText();
        if (OTHER_MAJOR_VERSION.matcher(version).matches()) {
            return new Decoded.Unreadable<>(
                    DeadLetter.Reason.UNKNOWN_VERSION, "schemaVersion = " + Quotation.of(version) + ": must be 1.x");
        }
        JsonNode found = tree.path(id.name());
        if (!found.isTextual() || !id.isValid().test(found.textValue())) {
            String value = found.isMissingNode() ? "absent" : Quotation.of(found.asText());
            return new Decoded.Unreadable<>(
                    DeadLetter.Reason.NO_REQUEST_ID,
                    "%s is %s: must be %s".formatted(id.name(), value, id.expectation()));
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

    private <T> Decoded<T> invalid(JsonNode tree, String message) {
        return new Decoded.Invalid<>(
                tree.path(id.name()).textValue(),
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
