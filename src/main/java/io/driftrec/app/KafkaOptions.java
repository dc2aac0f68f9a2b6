package io.driftrec.app;

import io.driftrec.kafka.KafkaConnection;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which Kafka, and which topics of it. */
final class KafkaOptions {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--requests-topic",
            paramLabel = "TOPIC",
            defaultValue = Topics.REQUESTS,
            description = "Default: ${DEFAULT-VALUE}.")
    private String requests = Topics.REQUESTS;

    @Option(
            names = "--results-topic",
            paramLabel = "TOPIC",
            defaultValue = Topics.RESULTS,
            description = "Default: ${DEFAULT-VALUE}.")
    private String results = Topics.RESULTS;

    @Option(
            names = "--dead-letters-topic",
            paramLabel = "TOPIC",
            defaultValue = Topics.DEAD_LETTERS,
            description = "Default: ${DEFAULT-VALUE}.")
    private String deadLetters = Topics.DEAD_LETTERS;

    /**
     * @throws CannotStart naming the property or address that is wrong
     */
    KafkaConnection connection() {
        return cluster.connection();
    }

    Topics topics() {
        return new Topics(requests, results, deadLetters);
    }
}
