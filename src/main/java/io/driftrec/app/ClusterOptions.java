package io.driftrec.app;

import io.driftrec.kafka.KafkaConnection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka. */
final class ClusterOptions {
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
}
