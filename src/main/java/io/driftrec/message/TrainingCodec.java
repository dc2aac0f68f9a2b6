package io.driftrec.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link TrainingCommand} and {@link TrainingStatus} as JSON bytes and back, through the same gates as {@link MessageCodec}'s
 * records: limits, schema, constructor. What is not valid but names its job is {@link Decoded.Invalid}, whose request id is the
 * job's. Thread-safe.
 */
public final class TrainingCodec {
    private static final int MAX_MESSAGE = 1000;

    private final StrictJson json = new StrictJson(MessageCodec.DEFAULT_MAX_BYTES);
    private final WireMapping mapping = new WireMapping();
    private final WireSchema commandSchema = WireSchema.load("training-job");
    private final WireSchema statusSchema = WireSchema.load("training-progress");

    public byte[] encode(TrainingCommand command) {
        return mapping.write(command);
    }

    public byte[] encode(TrainingStatus status) {
        return mapping.write(status);
    }

    /** The command in the value of a record; null is a record without value. */
    public Decoded<TrainingCommand> decodeCommand(byte @Nullable [] body) {
        return decode(body, commandSchema, TrainingCommand.class);
    }

    /** The status in the value of a record; null is a record without value. */
    public Decoded<TrainingStatus> decodeStatus(byte @Nullable [] body) {
        return decode(body, statusSchema, TrainingStatus.class);
    }

    private <T> Decoded<T> decode(byte @Nullable [] body, WireSchema schema, Class<T> type) {
        ObjectNode tree;
        try {
            tree = json.read(body);
        } catch (StrictJson.Refused e) {
            return new Decoded.Unreadable<>(e.reason(), e.explanation());
        }
        String version = tree.path(WireMapping.VERSION_FIELD).asText();
        if (MessageCodec.isOtherMajorVersion(version)) {
            return new Decoded.Unreadable<>(
                    DeadLetter.Reason.UNKNOWN_VERSION, "schemaVersion = " + Quotation.of(version) + ": must be 1.x");
        }
        JsonNode jobId = tree.path("jobId");
        if (!jobId.isTextual() || !Constraints.isName(jobId.textValue())) {
            return new Decoded.Unreadable<>(DeadLetter.Reason.NO_REQUEST_ID, noJobId(jobId));
        }
        Optional<String> problem = schema.problem(tree);
        if (problem.isPresent()) {
            return invalid(jobId, problem.get());
        }
        try {
            return new Decoded.Valid<>(mapping.read(tree, type));
        } catch (IllegalArgumentException e) {
            return invalid(jobId, String.valueOf(e.getMessage()));
        }
    }

    private static String noJobId(JsonNode node) {
        String value = node.isMissingNode() ? "absent" : Quotation.of(node.asText());
        return "jobId is " + value + ": must be 1 to 128 of A-Z a-z 0-9 . _ -, a letter or digit first";
    }

    private static <T> Decoded<T> invalid(JsonNode jobId, String message) {
        return new Decoded.Invalid<>(
                jobId.textValue(), Optional.empty(), Map.of(), Quotation.clean(message, MAX_MESSAGE));
    }
}
