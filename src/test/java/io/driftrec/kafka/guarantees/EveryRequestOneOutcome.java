package io.driftrec.kafka.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.driftrec.message.DeadLetter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Each request ends in exactly one visible outcome: one event, or one dead letter. A repetition is not visible to a reader who
 * looks at identities: the same event id, or a dead letter of the same original record.
 */
public final class EveryRequestOneOutcome implements AutoCloseable {
    private final String deadLetterTopic;
    private final TopicReader outcomes;
    private final Set<String> sent = new TreeSet<>();
    private final Map<String, Set<String>> identities = new TreeMap<>();
    private int records;

    public EveryRequestOneOutcome(String bootstrapServers, String resultsTopic, String deadLetterTopic) {
        this.deadLetterTopic = deadLetterTopic;
        this.outcomes = new TopicReader(bootstrapServers, Set.of(resultsTopic, deadLetterTopic));
    }

    /** Notes a request; keys are not used twice. */
    public void sent(String key) {
        if (!sent.add(key)) {
            throw new IllegalArgumentException("sent twice: " + key);
        }
    }

    /** The requests that have no outcome by now. */
    public Set<String> missing() {
        for (ConsumerRecord<byte[], byte[]> record : outcomes.readToEnd()) {
            records++;
            String key = record.key() == null ? "(no key)" : new String(record.key(), UTF_8);
            identities.computeIfAbsent(key, any -> new TreeSet<>()).add(identity(record));
        }
        Set<String> missing = new TreeSet<>(sent);
        missing.removeAll(identities.keySet());
        return missing;
    }

    /** Throws with all that is wrong. */
    public void check() {
        Set<String> wrong = new TreeSet<>();
        missing().forEach(key -> wrong.add(key + " has no outcome"));
        identities.forEach((key, ids) -> {
            if (!sent.contains(key)) {
                wrong.add(key + " has an outcome and was not sent");
            } else if (ids.size() > 1) {
                wrong.add(key + " has " + ids.size() + " outcomes: " + ids);
            }
        });
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join("\n", wrong));
        }
    }

    /** Outcomes that were written more than once. */
    public int repetitions() {
        return records - identities.values().stream().mapToInt(Set::size).sum();
    }

    @Override
    public void close() {
        outcomes.close();
    }

    private String identity(ConsumerRecord<byte[], byte[]> record) {
        return record.topic().equals(deadLetterTopic)
                ? "dead letter of " + text(record, DeadLetter.TOPIC_HEADER) + "-"
                        + text(record, DeadLetter.PARTITION_HEADER) + "@" + text(record, DeadLetter.OFFSET_HEADER)
                : "event " + text(record, "ce_id");
    }

    private static String text(ConsumerRecord<?, ?> record, String header) {
        Header last = record.headers().lastHeader(header);
        return last == null ? "(no " + header + ")" : new String(last.value(), UTF_8);
    }
}
