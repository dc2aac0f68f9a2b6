package io.driftrec.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators and their machines ask over HTTP, with GET or HEAD: {@code /metrics} (Prometheus text), {@code /healthz} (200
 * while nothing is broken; restart the process otherwise) and {@code /readyz} (200 while it takes requests). Both answer 503 with
 * a line per problem.
 *
 * <p>Failure modes: a port in use fails {@link #start}; an answer that can't be made is 500 and a line in the log. A client that
 * sends no whole request, or does not read its answer, is cut off after ten seconds.
 */
public final class OperatorEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorEndpoint.class);
    private static final int THREADS = 8;
    private static final String LONGEST_SECONDS = "10";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final long NO_BODY = -1;

    // the server reads these once, when its classes are loaded; without them such a client holds its thread for good
    static {
        limit("sun.net.httpserver.maxReqTime");
        limit("sun.net.httpserver.maxRspTime");
    }

    private record Answer(int status, String contentType, String text) {}

    private final HttpServer server;
    private final ExecutorService threads;
    private final CollectorRegistry registry;
    private final Health liveness;
    private final Health readiness;

    private OperatorEndpoint(
            HttpServer server, ExecutorService threads, CollectorRegistry registry, Health liveness, Health readiness) {
        this.server = server;
        this.threads = threads;
        this.registry = registry;
        this.liveness = liveness;
        this.readiness = readiness;
    }

    /**
     * Starts to answer, on all addresses of this machine.
     *
     * @param port 0 for any free one
     * @param liveness what is broken beyond repair
     * @param readiness what is in the way of taking requests
     * @throws IOException when the port can't be had
     */
    public static OperatorEndpoint start(int port, ProcessMetrics metrics, Health liveness, Health readiness)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "operator-endpoint");
            thread.setDaemon(true);
            return thread;
        });
        OperatorEndpoint endpoint = new OperatorEndpoint(server, threads, metrics.registry(), liveness, readiness);
        server.setExecutor(threads);
        server.createContext("/", endpoint::handle);
        server.start();
        return endpoint;
    }

    private static void limit(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, LONGEST_SECONDS);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        Answer answer;
        if (isHead || exchange.getRequestMethod().equals("GET")) {
            answer = answer(exchange.getRequestURI().getPath());
        } else {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            answer = new Answer(405, TEXT, "GET and HEAD are allowed\n");
        }
        byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        try (exchange) {
            exchange.sendResponseHeaders(answer.status(), isHead ? NO_BODY : body.length);
            if (!isHead) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer answer(String path) {
        try {
            return switch (path) {
                case "/metrics" -> new Answer(200, TextFormat.CONTENT_TYPE_004, metrics());
                case "/healthz" -> answer(liveness);
                case "/readyz" -> answer(readiness);
                default -> new Answer(404, TEXT, "there are /metrics, /healthz and /readyz\n");
            };
        } catch (IOException | RuntimeException broken) {
            LOG.atError().addKeyValue("path", path).setCause(broken).log("no answer for an operator");
            return new Answer(500, TEXT, "see the log\n");
        }
    }

    private static Answer answer(Health health) {
        Map<String, String> problems = health.problems();
        if (problems.isEmpty()) {
            return new Answer(200, TEXT, "ok\n");
        }
        return new Answer(
                503,
                TEXT,
                problems.entrySet().stream()
                        .map(problem -> problem.getKey() + ": " + problem.getValue() + '\n')
                        .collect(Collectors.joining()));
    }

    private String metrics() throws IOException {
        StringWriter text = new StringWriter();
        TextFormat.write004(text, registry.metricFamilySamples());
        return text.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
