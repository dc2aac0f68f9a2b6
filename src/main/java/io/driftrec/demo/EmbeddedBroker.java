package io.driftrec.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker in this JVM: one KRaft node that is broker and controller, on free ports of the loopback interface.
 *
 * <p>Topics are not created by use, as in production. The directory keeps everything: a broker that is started again on
 * the same directory has the same topics, records and committed offsets (at another port, unless it is given).
 *
 * <h2>Failure modes</h2>
 *
 * <ul>
 *   <li>A port that was free when it was chosen and is taken when the broker binds it: other ports are tried.
 *   <li>The directory removed while the broker runs: the broker's own fault handler ends the JVM. Close first.
 * </ul>
 *
 * <p>The broker logs through SLF4J under {@code kafka}, {@code org.apache.kafka} and {@code state.change.logger}; it is
 * quiet at WARN.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int NODE_ID = 1;
    private static final int START_ATTEMPTS = 5;

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker that keeps its data in the directory; returns when it serves clients.
     *
     * @param directory created and formatted where it is not yet
     * @throws IOException the directory cannot be written or formatted
     */
    public static EmbeddedBroker start(Path directory) throws IOException {
        return start(directory, 0, Map.of());
    }

    /**
     * As {@link #start(Path)}, for clients that know the port.
     *
     * @param port for clients; 0 for a free one
     * @param overrides broker properties that take precedence over those chosen here
     * @throws IOException the directory cannot be written or formatted, or the port is taken
     */
    public static EmbeddedBroker start(Path directory, int port, Map<String, String> overrides) throws IOException {
        Path data = Files.createDirectories(directory).toAbsolutePath();
        format(data);
        for (int attempt = 1; ; attempt++) {
            int[] ports = freePorts(port);
            Map<String, Object> properties = properties(data, ports[0], ports[1]);
            properties.putAll(overrides);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            try {
                server.startup();
                return new EmbeddedBroker(server, "localhost:" + ports[0]);
            } catch (RuntimeException e) {
                server.shutdown();
                if (attempt == START_ATTEMPTS || !isPortTaken(e)) {
                    throw new IOException("the broker cannot start on " + data + ": " + e.getMessage(), e);
                }
            }
        }
    }

    /** Value of the clients' {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops the broker and waits until its files are closed; the data stay. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory) throws IOException {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        Properties properties = new Properties();
        properties.putAll(properties(directory, 1, 2));
        Path file = Files.createTempFile("broker", ".properties");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            String clusterId = Uuid.randomUuid().toString();
            String[] arguments = {"format", "--config", file.toString(), "--cluster-id=" + clusterId};
            if (StorageTool.execute(arguments, out) != 0) {
                throw new IOException("cannot format " + directory + ": " + said.toString(StandardCharsets.UTF_8));
            }
        } finally {
            Files.delete(file);
        }
    }

    private static boolean isPortTaken(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    private static int[] freePorts(int port) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(port, 1, loopback);
                ServerSocket other = new ServerSocket(0, 1, loopback)) {
            return new int[] {one.getLocalPort(), other.getLocalPort()};
        }
    }

    private static Map<String, Object> properties(Path directory, int brokerPort, int controllerPort) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("controller.quorum.voters", NODE_ID + "@localhost:" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put(
                "listeners", "PLAINTEXT://localhost:" + brokerPort + ",CONTROLLER://localhost:" + controllerPort);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", directory.toString());
        properties.put("auto.create.topics.enable", "false");
        // one node: internal topics have one replica and few partitions, so the first group is served at once
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        // clients may choose short sessions, so that a killed worker is noticed soon
        properties.put("group.min.session.timeout.ms", "500");
        properties.put("group.consumer.min.session.timeout.ms", "500");
        properties.put("group.consumer.min.heartbeat.interval.ms", "100");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "2");
        properties.put("background.threads", "2");
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        return properties;
    }
}
