package io.driftrec.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.Collector;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorEndpointTest {
    private final WorkerMetrics metrics = new WorkerMetrics();
    private final Map<String, String> broken = new LinkedHashMap<>();
    private final Map<String, String> busy = new LinkedHashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private OperatorEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = OperatorEndpoint.start(0, metrics, health(broken), health(busy));
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    /** Checks of a lane and a consumer that read their problems from the map. */
    private static Health health(Map<String, String> problems) {
        Map<String, Supplier<Optional<String>>> checks = new LinkedHashMap<>();
        for (String component : new String[] {"lane", "consumer"}) {
            checks.put(component, () -> Optional.ofNullable(problems.get(component)));
        }
        return new Health(checks);
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + endpoint.port() + path))
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                method,
                                method.equals("POST") ? BodyPublishers.ofString("body") : BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static String contentType(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    @Test
    void shouldShowMetricsInThePrometheusTextFormat() throws Exception {
        metrics.restore().started();
        metrics.restore().completed();
        metrics.info().build("1.2.3", "cpu");

        HttpResponse<String> response = ask("GET", "/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(contentType(response)).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body().lines())
                .contains(
                        "# TYPE driftrec_requests_total counter",
                        "driftrec_requests_total{outcome=\"completed\",code=\"\",} 1.0",
                        "driftrec_requests_total{outcome=\"failed\",code=\"INTERNAL\",} 0.0",
                        "driftrec_build_info{version=\"1.2.3\",device=\"cpu\",} 1.0")
                .anyMatch(line -> line.startsWith("jvm_memory_bytes_used"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz"})
    void shouldAnswer200WhenAllIsWell(String path) throws Exception {
        HttpResponse<String> response = ask("GET", path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("ok\n");
        assertThat(contentType(response)).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void shouldNameEveryProblemWithStatus503() throws Exception {
        broken.put("consumer", "not authorised");
        broken.put("lane", "the device failed 8 times in a row");

        HttpResponse<String> response = ask("GET", "/healthz");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("lane: the device failed 8 times in a row\nconsumer: not authorised\n");
    }

    @Test
    void shouldTellNotReadyFromBroken() throws Exception {
        busy.put("consumer", "JOINING");

        assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(503);
        assertThat(ask("GET", "/healthz").statusCode()).isEqualTo(200);
        busy.clear();
        assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTakeACheckThatThrowsForAProblemAndStillAskTheOthers() throws Exception {
        endpoint.close();
        Map<String, Supplier<Optional<String>>> checks = new LinkedHashMap<>();
        checks.put("lane", () -> {
            throw new IllegalStateException("a bug");
        });
        checks.put("consumer", () -> Optional.of("gone"));
        endpoint = OperatorEndpoint.start(0, metrics, new Health(checks), new Health(Map.of()));

        HttpResponse<String> response = ask("GET", "/healthz");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body())
                .isEqualTo("lane: the check failed: java.lang.IllegalStateException: a bug\nconsumer: gone\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metricsandmore", "/metrics/", "/healthz/x", "/favicon.ico", "/%2e%2e/etc/passwd"})
    void shouldAnswer404ToAnyOtherPath(String path) throws Exception {
        HttpResponse<String> response = ask("GET", path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("/metrics", "/healthz", "/readyz");
    }

    @Test
    void shouldIgnoreTheQuery() throws Exception {
        assertThat(ask("GET", "/healthz?verbose=1").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void shouldAnswer405ToAnyOtherMethod(String method) throws Exception {
        HttpResponse<String> response = ask(method, "/metrics");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void shouldAnswerHeadWithoutABody() throws Exception {
        broken.put("lane", "gone");

        HttpResponse<String> response = ask("HEAD", "/healthz");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEmpty();
        assertThat(ask("HEAD", "/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswer500WhenAMetricCannotBeRead() throws Exception {
        metrics.registry().register(new Collector() {
            @Override
            public List<MetricFamilySamples> collect() {
                throw new IllegalStateException("a bug of a gauge");
            }
        });

        assertThat(ask("GET", "/metrics").statusCode()).isEqualTo(500);
        assertThat(ask("GET", "/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswerWhenClientsNeverFinishTheirRequests() throws Exception {
        List<Socket> halfOpen = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                Socket socket = new Socket("localhost", endpoint.port());
                halfOpen.add(socket);
                socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost:".getBytes(UTF_8));
            }

            assertThat(ask("GET", "/healthz").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : halfOpen) {
                socket.close();
            }
        }
    }

    @Test
    void shouldCutClientsOffThatTakeTooLong() {
        assertThat(System.getProperty("sun.net.httpserver.maxReqTime")).isEqualTo("10");
        assertThat(System.getProperty("sun.net.httpserver.maxRspTime")).isEqualTo("10");
    }

    @Test
    void shouldRefuseAPortThatIsTaken() {
        assertThatIOException()
                .isThrownBy(() -> OperatorEndpoint.start(
                        endpoint.port(), new WorkerMetrics(), new Health(Map.of()), new Health(Map.of())))
                .isInstanceOf(BindException.class);
    }

    @Test
    void shouldFreeThePortWhenClosed() throws Exception {
        int port = endpoint.port();
        endpoint.close();

        assertThatThrownBy(() -> ask("GET", "/healthz")).isInstanceOf(ConnectException.class);
        endpoint = OperatorEndpoint.start(port, metrics, health(broken), health(busy));
        assertThat(ask("GET", "/healthz").statusCode()).isEqualTo(200);
    }
}
