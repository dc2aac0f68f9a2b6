package io.driftrec.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads bytes that a stranger sent into a JSON tree: one object, in UTF-8 (a byte order mark is skipped), without repeated names,
 * within the limits of size, depth, digits and text length.
 */
final class StrictJson {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_DIGITS = 100;
    private static final int MAX_EXPONENT = 1_000;
    private static final int MAX_TEXT = 65_536;
    private static final int MAX_NAME = 1_024;
    private static final int MAX_SHOWN = 300;

    private final int maxBytes;
    private final JsonMapper mapper;

    StrictJson(int maxBytes) {
        this.maxBytes = maxBytes;
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_DIGITS)
                .maxStringLength(MAX_TEXT)
                .maxNameLength(MAX_NAME)
                .build();
        // Names are neither shared nor interned: strangers choose them, and would fill the tables.
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(limits)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        mapper = JsonMapper.builder(factory)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // A double would round the seed 9007199254740993.0, and make 1e-400 nothing and 1e400 infinite.
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    /** The object in the body. */
    ObjectNode read(byte @Nullable [] body) throws Refused {
        if (body == null || body.length == 0) {
            throw new Refused(DeadLetter.Reason.NO_BODY, "the record has no value");
        }
        if (body.length > maxBytes) {
            throw new Refused(
                    DeadLetter.Reason.TOO_LARGE,
                    "the body has " + body.length + " bytes, at most " + maxBytes + " are read");
        }
        JsonNode tree = parse(text(body));
        if (tree instanceof ObjectNode object) {
            checkExponents(object);
            return object;
        }
        if (tree.isMissingNode()) {
            throw new Refused(DeadLetter.Reason.NOT_JSON, "the body is blank");
        }
        throw new Refused(DeadLetter.Reason.NOT_AN_OBJECT, "the body is JSON, but not an object");
    }

    private static String text(byte[] body) throws Refused {
        try {
            // Not left to Jackson, which would guess UTF-16 and UTF-32, and let some malformed sequences pass.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Refused(DeadLetter.Reason.NOT_JSON, "the body is not UTF-8");
        }
    }

    private JsonNode parse(String text) throws Refused {
        try {
            return mapper.readTree(text);
        } catch (StreamConstraintsException e) {
            throw new Refused(DeadLetter.Reason.TOO_LARGE, Quotation.clean(e.getOriginalMessage(), MAX_SHOWN));
        } catch (NumberFormatException e) {
            // An exponent of more than ten digits, which is no JsonProcessingException.
            throw new Refused(DeadLetter.Reason.TOO_LARGE, Quotation.clean(String.valueOf(e.getMessage()), MAX_SHOWN));
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new Refused(
                    DeadLetter.Reason.NOT_JSON,
                    "not well-formed JSON" + place + ": " + Quotation.clean(e.getOriginalMessage(), MAX_SHOWN));
        }
    }

    /**
     * Refuses numbers such as 1e999999999: eleven characters, but whoever writes them out plainly (the schema validator does, to
     * compare them with an enumeration) needs a gigabyte.
     */
    private static void checkExponents(JsonNode node) throws Refused {
        if (node.isBigDecimal()) {
            BigDecimal number = node.decimalValue();
            if (Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT) {
                throw new Refused(
                        DeadLetter.Reason.TOO_LARGE,
                        "the number " + Quotation.clean(number.toString(), MAX_SHOWN) + " has an exponent beyond "
                                + MAX_EXPONENT);
            }
        }
        for (JsonNode child : node) {
            checkExponents(child);
        }
    }

    /** The body is no JSON object within the limits. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final DeadLetter.Reason reason;

        Refused(DeadLetter.Reason reason, String message) {
            super(message, null, false, false);
            this.reason = reason;
        }

        DeadLetter.Reason reason() {
            return reason;
        }

        String explanation() {
            return String.valueOf(getMessage());
        }
    }
}
