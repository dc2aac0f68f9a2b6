package io.driftrec.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics that are missing; those that exist are left as they are. */
public final class TopicSetup {
    /**
     * A topic as it should be created.
     *
     * @param replicationFactor the cluster's default where absent
     * @param properties topic properties such as {@code retention.ms}
     */
    public record Topic(
            String name, int partitions, Optional<Short> replicationFactor, Map<String, String> properties) {
        public Topic {
            if (!name.matches("[a-zA-Z0-9._-]{1,249}")) {
                throw new IllegalArgumentException("name must be a topic name and is '" + name + "'");
            }
            if (partitions < 1) {
                throw new IllegalArgumentException(
                        "partitions of " + name + " must be at least 1 and is " + partitions);
            }
            properties = Map.copyOf(properties);
        }

        /** With the cluster's defaults. */
        public static Topic of(String name, int partitions) {
            return new Topic(name, partitions, Optional.empty(), Map.of());
        }

        private NewTopic toNewTopic() {
            return new NewTopic(name, Optional.of(partitions), replicationFactor).configs(properties);
        }
    }

    private final KafkaConnection connection;

    public TopicSetup(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * Looks the topics up and creates those that are not there.
     *
     * @return the names of the topics that this call created
     * @throws KafkaException the cluster refused, or did not answer in time
     */
    public Set<String> createMissing(Collection<Topic> topics, Duration timeout) {
        try (Admin admin = Admin.create(connection.clientProperties(Map.of(), Map.of()))) {
            Map<String, NewTopic> missing = new HashMap<>();
            topics.forEach(topic -> missing.put(topic.name(), topic.toNewTopic()));
            admin.describeTopics(Set.copyOf(missing.keySet())).topicNameValues().forEach((name, found) -> {
                if (!failedWith(UnknownTopicOrPartitionException.class, found, timeout)) {
                    missing.remove(name);
                }
            });
            Set<String> created = new HashSet<>(missing.keySet());
            admin.createTopics(missing.values()).values().forEach((name, creation) -> {
                if (failedWith(TopicExistsException.class, creation, timeout)) {
                    created.remove(name); // another worker was faster
                }
            });
            return created;
        }
    }

    private static boolean failedWith(Class<? extends Exception> expected, KafkaFuture<?> future, Duration timeout) {
        try {
            future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (ExecutionException e) {
            if (expected.isInstance(e.getCause())) {
                return true;
            }
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("no answer for " + timeout, e);
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }
}
