package io.driftrec.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its start and then follows it, all of it: for compacted topics, whose content is a state that every worker
 * has to know. Belongs to no consumer group and commits nothing. Partitions that are added later are not read. For one thread.
 */
public final class TopicFollower implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final Duration timeout;

    TopicFollower(Consumer<byte[], byte[]> consumer, String topic, Duration timeout) {
        this.consumer = consumer;
        this.timeout = timeout;
        List<PartitionInfo> known = consumer.partitionsFor(topic, timeout);
        if (known == null || known.isEmpty()) {
            throw new UnknownTopicOrPartitionException("there is no topic " + topic);
        }
        Set<TopicPartition> partitions = new HashSet<>();
        known.forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        consumer.assign(partitions);
        consumer.beginningOffsets(partitions, timeout).forEach(consumer::seek);
        ends = consumer.endOffsets(partitions, timeout);
    }

    /**
     * Connects, and notes where the topic ends.
     *
     * @param timeout of each question to the cluster
     * @throws org.apache.kafka.common.KafkaException the cluster refuses or does not answer, or the topic does not exist
     */
    public static TopicFollower open(KafkaConnection connection, String topic, Duration timeout) {
        Map<String, Object> properties = connection.clientProperties(
                Map.of("isolation.level", "read_committed", "auto.offset.reset", "earliest"), Map.of());
        properties.put("enable.auto.commit", "false");
        properties.put("allow.auto.create.topics", "false");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            return new TopicFollower(consumer, topic, timeout);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * The next records, of each partition in order; none when none comes in time.
     *
     * @throws InterruptedException when the thread is interrupted
     * @throws org.apache.kafka.common.KafkaException the cluster refuses; asking again may succeed
     */
    public List<ReceivedRecord> poll(Duration patience) throws InterruptedException {
        try {
            List<ReceivedRecord> records = new ArrayList<>();
            consumer.poll(patience).forEach(record -> records.add(new ReceivedRecord(record)));
            return records;
        } catch (InterruptException e) {
            Thread.interrupted(); // Kafka sets the flag again
            throw (InterruptedException) new InterruptedException("while polling").initCause(e);
        }
    }

    /** Whether everything has been read that was there when the follower was opened. */
    public boolean hasReachedEnd() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), timeout) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
