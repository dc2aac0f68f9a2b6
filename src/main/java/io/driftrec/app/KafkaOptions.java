package io.driftrec.app;

import io.driftrec.kafka.KafkaConnection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka, and which topics of it. */
final class KafkaOptions {
    @Option(
            names = {"-b", "--bootstrap-servers"},
            paramLabel = "HOST:PORT",
            required = true,
            description = "Where the Kafka cluster is, comma-separated.")
    private String bootstrapServers = "";

    @Option(
            names = "--kafka-property",
            paramLabel = "NAME=VALUE",
            description = "Any property of the Kafka clients, such as security.protocol=SSL; may be repeated.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description =
                    "A properties file for the Kafka clients: the place for passwords, which a command line shows to everybody.")
    private @Nullable Path file;

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
        Map<String, String> all = new LinkedHashMap<>();
        if (file != null) {
            PropertiesFile.read("--kafka-config", file)
                    .forEach((name, value) -> all.put(name.toString(), value.toString()));
        }
        all.putAll(properties);
        try {
            return new KafkaConnection(bootstrapServers, all);
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart("--bootstrap-servers, --kafka-property: " + wrong.getMessage(), wrong);
        }
    }

    Topics topics() {
        return new Topics(requests, results, deadLetters);
    }
}
