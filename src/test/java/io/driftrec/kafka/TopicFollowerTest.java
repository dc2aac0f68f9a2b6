package io.driftrec.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class TopicFollowerTest {
    private static final TopicPartition PARTITION = new TopicPartition("models", 0);
    private static final Duration NOW = Duration.ZERO;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    private TopicFollower follower(long beginning, long end) {
        Node[] none = {};
        consumer.updatePartitions("models", List.of(new PartitionInfo("models", 0, Node.noNode(), none, none)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, beginning));
        consumer.updateEndOffsets(Map.of(PARTITION, end));
        return new TopicFollower(consumer, "models", Duration.ofSeconds(1));
    }

    private void add(long offset, String key) {
        consumer.addRecord(new ConsumerRecord<>("models", 0, offset, key.getBytes(UTF_8), new byte[] {1}));
    }

    @Test
    void shouldReadFromTheStartToTheEndAndThenFollow() throws InterruptedException {
        try (TopicFollower follower = follower(5, 7)) {
            add(5, "a");
            add(6, "b");
            assertThat(follower.hasReachedEnd()).isFalse();

            assertThat(follower.poll(NOW)).extracting(ReceivedRecord::offset).containsExactly(5L, 6L);
            assertThat(follower.hasReachedEnd()).isTrue();

            add(7, "a");
            assertThat(follower.poll(NOW)).extracting(ReceivedRecord::offset).containsExactly(7L);
            assertThat(follower.poll(NOW)).isEmpty();
        }
    }

    @Test
    void shouldHaveReadATopicThatIsEmpty() {
        try (TopicFollower follower = follower(3, 3)) {
            assertThat(follower.hasReachedEnd()).isTrue();
        }
    }

    @Test
    void shouldNameATopicThatIsNotThere() {
        assertThatThrownBy(() -> new TopicFollower(consumer, "models", Duration.ofSeconds(1)))
                .isInstanceOf(UnknownTopicOrPartitionException.class)
                .hasMessage("there is no topic models");
    }
}
