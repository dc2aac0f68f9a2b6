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

/**
 * What operators and their machines ask over HTTP: {@code /metrics} (Prometheus text), {@code /healthz} (200 while nothing is
 * broken; restart the process otherwise) and {@code /readyz} (200 while it takes requests).
 *
 * <p>Failure modes: a port in use fails {@link #start}; a check that throws is an unhealthy check.
 */
public final class OperatorEndpoint implements AutoCloseable {
    private static final int THREADS = 2;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    private OperatorEndpoint(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to answer.
     *
     * @param port 0 for any free one
     * @param liveness what is broken beyond repair
     * @param readiness what is in the way of taking requests
     * @throws IOException when the port can't be had
     */
    public static OperatorEndpoint start(int port, WorkerMetrics metrics, Health liveness, Health readiness)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "operator-endpoint");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext(
                "/metrics", exchange -> answer(exchange, 200, TextFormat.CONTENT_TYPE_004, text(metrics.registry())));
        server.createContext("/healthz", exchange -> answer(exchange, liveness));
        server.createContext("/readyz", exchange -> answer(exchange, readiness));
        server.start();
        return new OperatorEndpoint(server, threads);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static String text(CollectorRegistry registry) throws IOException {
        StringWriter text = new StringWriter();
        TextFormat.write004(text, registry.metricFamilySamples());
        return text.toString();
    }

    private static void answer(HttpExchange exchange, Health health) throws IOException {
        Map<String, String> problems;
        try {
            problems = health.problems();
        } catch (RuntimeException broken) {
            problems = Map.of("check", String.valueOf(broken));
        }
        String text = problems.isEmpty()
                ? "ok\n"
                : problems.entrySet().stream()
                        .map(problem -> problem.getKey() + ": " + problem.getValue() + '\n')
                        .collect(Collectors.joining());
        answer(exchange, problems.isEmpty() ? 200 : 503, TEXT, text);
    }

    private static void answer(HttpExchange exchange, int status, String contentType, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
