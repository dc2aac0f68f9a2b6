package io.driftrec.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Why a record is on {@code driftrec.dead-letters}. The dead letter keeps key, bytes and headers of the original as they came;
 * this description is added as headers, which replace those of an earlier dead letter of the same record.
 *
 * @param reason the kind of defect
 * @param message for people; what is longer than 1000 characters is cut, and what does not print is replaced
 * @param topic where the original is
 * @param partition where the original is
 * @param offset where the original is
 * @param diedAt when it was given up
 * @param worker who gave it up
 */
public record DeadLetter(
        Reason reason, String message, String topic, int partition, long offset, Instant diedAt, String worker) {
    public static final String REASON_HEADER = "driftrec.dead-letter.reason";
    public static final String MESSAGE_HEADER = "driftrec.dead-letter.message";
    public static final String TOPIC_HEADER = "driftrec.dead-letter.topic";
    public static final String PARTITION_HEADER = "driftrec.dead-letter.partition";
    public static final String OFFSET_HEADER = "driftrec.dead-letter.offset";
    public static final String TIME_HEADER = "driftrec.dead-letter.time";
    public static final String WORKER_HEADER = "driftrec.dead-letter.worker";

    private static final int MAX_MESSAGE = 1000;

    /** The kind of defect, written in lower case with hyphens. */
    public enum Reason {
        /** No value, a tombstone. */
        NO_BODY,
        /** More bytes, depth, digits or characters than are read. */
        TOO_LARGE,
        /** Not well-formed JSON in UTF-8, or with a repeated name. */
        NOT_JSON,
        /** JSON, but not an object. */
        NOT_AN_OBJECT,
        /** A major version of the schema other than 1. */
        UNKNOWN_VERSION,
        /** No request id, or job id, to answer to. */
        NO_REQUEST_ID,
        /** The worker's own defect: the record could not be given an outcome. */
        INTERNAL;

        /** As in the header, for example {@code not-json}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public DeadLetter {
        message = Quotation.clean(message, MAX_MESSAGE);
        Constraints.range("partition", partition, 0, Integer.MAX_VALUE);
        Constraints.range("offset", offset, 0, Long.MAX_VALUE);
    }

    /** The headers to add to the original ones, in UTF-8. */
    public Map<String, byte[]> headers() {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        headers.put(REASON_HEADER, reason.label().getBytes(UTF_8));
        headers.put(MESSAGE_HEADER, message.getBytes(UTF_8));
        headers.put(TOPIC_HEADER, topic.getBytes(UTF_8));
        headers.put(PARTITION_HEADER, Integer.toString(partition).getBytes(UTF_8));
        headers.put(OFFSET_HEADER, Long.toString(offset).getBytes(UTF_8));
        headers.put(TIME_HEADER, diedAt.toString().getBytes(UTF_8));
        headers.put(WORKER_HEADER, worker.getBytes(UTF_8));
        return headers;
    }
}
