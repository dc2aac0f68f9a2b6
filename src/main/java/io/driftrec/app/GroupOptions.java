package io.driftrec.app;

import io.driftrec.kafka.ConsumerSettings;
import io.driftrec.kafka.GroupProtocol;
import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.TopicSetup;
import io.driftrec.kafka.TopicSetup.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import picocli.CommandLine.Option;

/** How a process shares the records of its topic with the others of its group. */
final class GroupOptions {
    private static final Duration CLUSTER_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);
    private static final int MAX_OPEN_OFFSETS = 1000;

    @Option(
            names = "--group-id",
            paramLabel = "ID",
            description = "Processes of one group share the work (default: ${DEFAULT-VALUE}).")
    private String groupId;

    @Option(
            names = "--group-protocol",
            paramLabel = "NAME",
            defaultValue = "classic",
            description = "classic (cooperative) or consumer (KIP-848); default: ${DEFAULT-VALUE}.")
    private GroupProtocol groupProtocol = GroupProtocol.CLASSIC;

    @Option(
            names = "--drain-timeout",
            paramLabel = "SECONDS",
            description =
                    "On SIGTERM, how long what is in flight may take; the rest goes to other processes (default: ${DEFAULT-VALUE}).")
    private int drainTimeoutSeconds;

    @Option(
            names = "--create-topics",
            paramLabel = "PARTITIONS",
            description =
                    "Create the topics that are missing, those of requests or jobs with so many partitions; that of models with one, compacted.")
    private @Nullable Integer createTopics;

    /** With these defaults. */
    GroupOptions(String groupId, int drainTimeoutSeconds) {
        this.groupId = groupId;
        this.drainTimeoutSeconds = drainTimeoutSeconds;
    }

    String groupId() {
        return groupId;
    }

    Duration drainTimeout() {
        return Duration.ofSeconds(drainTimeoutSeconds);
    }

    /**
     * @param maxInFlight records that are worked on at one time
     * @param maxPollRecords records fetched ahead of that
     * @throws CannotStart naming what is wrong
     */
    ConsumerSettings consumer(KafkaConnection connection, String topic, int maxInFlight, int maxPollRecords) {
        try {
            return new ConsumerSettings(
                    connection,
                    groupId,
                    groupProtocol,
                    List.of(topic),
                    maxInFlight,
                    MAX_OPEN_OFFSETS,
                    maxPollRecords,
                    COMMIT_INTERVAL,
                    drainTimeout(),
                    Map.of());
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /**
     * Creates topics that are missing, where that is asked for.
     *
     * @param topics for a number of partitions
     * @throws CannotStart when the cluster refuses
     */
    void createTopics(KafkaConnection connection, IntFunction<List<Topic>> topics, Logger log) {
        if (createTopics == null) {
            return;
        }
        try {
            new TopicSetup(connection)
                    .createMissing(topics.apply(createTopics), CLUSTER_TIMEOUT)
                    .forEach(topic -> log.info("topic {} created", topic));
        } catch (RuntimeException refused) {
            throw new CannotStart("--create-topics: " + refused.getMessage(), refused);
        }
    }
}
