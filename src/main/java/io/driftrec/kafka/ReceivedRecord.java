package io.driftrec.kafka;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A record as it was received: where it is, its bytes and its headers. Its arrays are shared and must not be changed. */
public final class ReceivedRecord {
    private final ConsumerRecord<byte @Nullable [], byte @Nullable []> source;

    ReceivedRecord(ConsumerRecord<byte @Nullable [], byte @Nullable []> source) {
        this.source = source;
    }

    /** A record that no broker sent: for tests and for running a handler without Kafka. */
    public static ReceivedRecord of(
            String topic,
            int partition,
            long offset,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Map<String, byte[]> headers) {
        Headers copy = new RecordHeaders();
        headers.forEach(copy::add);
        return new ReceivedRecord(new ConsumerRecord<>(
                topic, partition, offset, 0, TimestampType.CREATE_TIME, -1, -1, key, value, copy, Optional.empty()));
    }

    public String topic() {
        return source.topic();
    }

    public int partition() {
        return source.partition();
    }

    public long offset() {
        return source.offset();
    }

    /** When the record was produced, or appended where the topic says so. */
    public Instant timestamp() {
        return Instant.ofEpochMilli(source.timestamp());
    }

    /** Empty where the record has no key. */
    public Optional<byte[]> key() {
        return Optional.ofNullable(source.key());
    }

    /** Empty for a tombstone. */
    public Optional<byte[]> value() {
        return Optional.ofNullable(source.value());
    }

    /** The last header of each name; one without a value is left out. */
    public Map<String, byte[]> lastHeaders() {
        Map<String, byte[]> last = new TreeMap<>();
        for (Header header : source.headers()) {
            if (header.value() != null) {
                last.put(header.key(), header.value());
            }
        }
        return last;
    }

    /** All headers, in order, repeated names included. */
    Headers headers() {
        return new RecordHeaders(source.headers());
    }

    /** {@code topic-partition@offset}. */
    @Override
    public String toString() {
        return topic() + "-" + partition() + "@" + offset();
    }
}
