package io.driftrec.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Waits for the results of requests, by their keys: reads the result topics from where they ended when it was opened, so it is
 * opened before the requests are sent. Belongs to no consumer group and commits nothing. For one thread.
 */
public final class ResultWaiter implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final Clock clock;

    ResultWaiter(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            Collection<String> topics,
            Duration timeout,
            Clock clock) {
        this.consumer = consumer;
        this.clock = clock;
        Set<TopicPartition> partitions = new HashSet<>();
        for (String topic : topics) {
            List<PartitionInfo> known = consumer.partitionsFor(topic, timeout);
            if (known == null || known.isEmpty()) {
                throw new UnknownTopicOrPartitionException("there is no topic " + topic);
            }
            known.forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        consumer.assign(partitions);
        // not seekToEnd, which only takes effect with a later poll: a result could come in between
        consumer.endOffsets(partitions, timeout).forEach(consumer::seek);
    }

    /**
     * Connects, and notes where the topics end.
     *
     * @param topics of results, and of dead letters where these are to be seen too
     * @param timeout of each question to the cluster
     * @throws org.apache.kafka.common.KafkaException the cluster refuses or does not answer, or a topic does not exist
     */
    public static ResultWaiter open(KafkaConnection connection, List<String> topics, Duration timeout, Clock clock) {
        Map<String, Object> properties = connection.clientProperties(
                Map.of("isolation.level", "read_committed", "auto.offset.reset", "earliest"), Map.of());
        properties.put("enable.auto.commit", "false");
        properties.put("allow.auto.create.topics", "false");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            return new ResultWaiter(consumer, topics, timeout, clock);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * Reads until there is a result for each key, or the time is over. Results of other keys are passed over.
     *
     * @param onResult called with the first result of each key as it comes, on this thread
     * @return the first result of each key that has one, in the order of arrival
     */
    public Map<String, ReceivedRecord> await(Set<String> keys, Duration timeout, Consumer<ReceivedRecord> onResult) {
        Instant until = clock.instant().plus(timeout);
        Map<String, ReceivedRecord> results = new LinkedHashMap<>();
        while (results.size() < keys.size() && clock.instant().isBefore(until)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                String key = record.key() == null ? "" : new String(record.key(), UTF_8);
                ReceivedRecord result = new ReceivedRecord(record);
                if (keys.contains(key) && results.putIfAbsent(key, result) == null) {
                    onResult.accept(result);
                }
            }
        }
        return results;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
