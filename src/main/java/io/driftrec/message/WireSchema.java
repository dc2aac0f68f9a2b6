package io.driftrec.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One of the published JSON Schemas, compiled from the class path; a reference to anything outside it is never followed. */
final class WireSchema {
    private static final int MAX_PROBLEMS = 3;
    private static final int MAX_FIELD = 100;
    private static final int MAX_PROBLEM = 300;

    private final JsonSchema schema;

    private WireSchema(JsonSchema schema) {
        this.schema = schema;
    }

    /** The schema {@code /schemas/<name>.schema.json} of the class path. */
    static WireSchema load(String name) {
        String resource = "/schemas/" + name + ".schema.json";
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .formatAssertionsEnabled(true)
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ROOT)
                .build();
        try (InputStream stream = WireSchema.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            JsonSchema schema = factory.getSchema(stream, config);
            schema.initializeValidators();
            return new WireSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with the message: field, value and what would be right, for the first three problems; empty where valid. */
    Optional<String> problem(JsonNode message) {
        Set<ValidationMessage> problems = schema.validate(message);
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        String shown = problems.stream().limit(MAX_PROBLEMS).map(this::describe).collect(Collectors.joining("; "));
        int left = problems.size() - MAX_PROBLEMS;
        return Optional.of(left > 0 ? shown + "; and " + left + " more" : shown);
    }

    private String describe(ValidationMessage problem) {
        String error = Quotation.clean(problem.getError(), MAX_PROBLEM);
        // "/a~1b/c" is shown as a/b.c: a name for people, not an address
        String field = problem.getInstanceLocation().toString();
        field = field.isEmpty()
                ? ""
                : field.substring(1).replace("/", ".").replace("~1", "/").replace("~0", "~");
        JsonNode value = problem.getInstanceNode();
        String subject = field.isEmpty() ? "" : Quotation.clean(field, MAX_FIELD) + valueOf(value) + ": ";
        return subject + error + purpose(problem);
    }

    private static String valueOf(JsonNode value) {
        if (value == null || value.isContainerNode()) {
            return "";
        }
        return " = "
                + (value.isTextual() ? Quotation.of(value.textValue()) : Quotation.clean(value.asText(), MAX_FIELD));
    }

    /** The description that the schema gives to the field, in parentheses. */
    private String purpose(ValidationMessage problem) {
        String pointer = problem.getSchemaLocation().getFragment().toString();
        String owner = pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
        String description =
                schema.getSchemaNode().at(owner).path("description").asText();
        return owner.isEmpty() || description.isEmpty() ? "" : " (" + description + ")";
    }
}
