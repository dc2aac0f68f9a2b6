package io.driftrec.storage;

import static io.driftrec.storage.ObjectStoreContract.assertFails;
import static io.driftrec.storage.ObjectStoreContract.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.driftrec.storage.StorageException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The web store before a proper server: statuses, redirects, addresses, what it sends. */
@Timeout(60)
class HttpsStoreTest {
    private static final long LIMIT = 1 << 20;
    private static final FixedNames NAMES = new FixedNames(Map.of(
            "images.example", "127.0.0.1",
            "cdn.example", "127.0.0.1",
            "nowhere.example", "0.0.0.0",
            "group.example", "224.0.0.1"));

    private final ConcurrentLinkedQueue<HttpExchange> seen = new ConcurrentLinkedQueue<>();
    private HttpServer server;
    private ObjectStore store;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        store = open(true, true, "http://images.example:" + port() + "/", "http://cdn.example:" + port() + "/open/");
    }

    @AfterEach
    void stop() {
        store.close();
        server.stop(0);
    }

    @Test
    void shouldReadWhatTheServerSends() throws StorageException {
        assertThat(store.read(at("/body/content?sig=a%2Fb"), LIMIT)).isEqualTo(bytes("content"));
        assertThat(store.read(at("/body/content"), 7)).isEqualTo(bytes("content"));
        assertThat(store.size(at("/body/content"))).contains(7L);
        assertFails(Reason.TOO_LARGE, () -> store.read(at("/body/content"), 6));
        assertThat(seen.element().getRequestURI()).hasToString("/body/content?sig=a%2Fb");
    }

    @Test
    void shouldReadInTurnOverFewConnections() throws StorageException {
        for (int i = 0; i < 50; i++) {
            assertThat(store.read(at("/body/" + i), LIMIT)).isEqualTo(bytes("" + i));
        }
        assertThat(seen.stream().map(HttpExchange::getRemoteAddress).distinct()).hasSizeLessThan(5);
    }

    @ParameterizedTest
    @CsvSource({
        "404, NOT_FOUND",
        "410, NOT_FOUND",
        "401, FORBIDDEN",
        "403, FORBIDDEN",
        "400, FORBIDDEN",
        "206, FORBIDDEN",
        "304, FORBIDDEN",
        "408, UNAVAILABLE",
        "429, UNAVAILABLE",
        "500, UNAVAILABLE",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, UNAVAILABLE",
    })
    void shouldSayWhatKindOfFailureItIsWhenTheServerAnswersAnError(int status, Reason reason) {
        assertFails(reason, () -> store.read(at("/status/" + status), LIMIT));
        assertThat(seen).as("attempts").hasSize(1);
    }

    @Test
    void shouldFindNoObjectWhenTheServerSaysSo() throws StorageException {
        assertThat(store.size(at("/status/404"))).isEmpty();
    }

    @Test
    void shouldSendNothingButTheRequest() throws StorageException {
        store.read(at("/cookie/a"), LIMIT);
        store.read(at("/cookie/b"), LIMIT);
        assertFails(Reason.FORBIDDEN, () -> store.read(at("/challenge"), LIMIT));

        assertThat(seen).hasSize(3).allSatisfy(exchange -> {
            assertThat(exchange.getRequestHeaders()).doesNotContainKeys("Cookie", "Authorization", "Referer");
            assertThat(exchange.getRequestHeaders().get("Accept-Encoding")).containsExactly("identity");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void shouldFollowWhenItIsRedirected(int status) throws StorageException {
        assertThat(store.read(redirect(status, "/body/there#part"), LIMIT)).isEqualTo(bytes("there"));
        assertThat(store.read(redirect(status, "http://cdn.example:" + port() + "/open/x"), LIMIT))
                .isEqualTo(bytes("open"));
        assertThat(store.size(redirect(status, "/body/there"))).contains(5L);
    }

    @Test
    void shouldFollowFiveRedirectsAndNoMore() throws StorageException {
        assertThat(store.read(at("/chain/5"), LIMIT)).isEqualTo(bytes("0"));
        assertFails(Reason.FORBIDDEN, () -> store.read(at("/chain/6"), LIMIT));
    }

    @Test
    void shouldGiveUpWhenRedirectsGoRound() {
        assertFails(Reason.FORBIDDEN, () -> store.read(at("/loop"), LIMIT));
        assertThat(seen).hasSize(HttpsStore.MOST_REDIRECTS + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "s3://bucket/key",
                "http://cdn.example:%d/closed/x",
                "http://cdn.example:%d/open/../closed/x",
                "http://cdn.example:%d/open/%%2e%%2e/closed/x",
                "http://evil.example:%d/x",
                "http://user:pass@images.example:%d/body/x",
                "http://127.0.0.1:%d/body/x",
                "http://2130706433:%d/body/x",
                "//127.0.0.1:%d/body/x",
                "https://images.example/x",
                "http://images.example/x",
                "http:///x",
                "mailto:a@b",
                "not a location",
                "",
            })
    void shouldRefuseWhenARedirectLeadsWhereNothingIsAllowed(String target) {
        assertFails(Reason.FORBIDDEN, () -> store.read(redirect(302, target.formatted(port())), LIMIT));
        assertThat(seen).as("requests made").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere.example", "group.example"})
    void shouldCheckTheAddressAgainWhenItIsRedirected(String host) {
        String target = "http://" + host + ":" + port() + "/body/x";
        try (ObjectStore open = open(true, true, "http://images.example:" + port(), "http://" + host + ":" + port())) {
            assertThatThrownBy(() -> open.read(redirect(302, target), LIMIT))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("address is not public");
        }
        assertThat(seen).as("requests made").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://images.example:%d/body/x",
                "http://127.0.0.1:%d/body/x",
                "http://[::1]:%d/body/x",
                "http://[::ffff:127.0.0.1]:%d/body/x"
            })
    void shouldRefuseWhenTheAddressIsNotPublic(String text) {
        String location = text.formatted(port());
        try (ObjectStore strict = open(true, false, location)) {
            assertThatThrownBy(() -> strict.read(URI.create(location), LIMIT))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FORBIDDEN))
                    .hasMessageContaining("--allow-private-addresses");
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldRefuseWhenItIsNotEncrypted() {
        try (ObjectStore strict = open(false, true, "http://images.example:" + port() + "/")) {
            assertThatThrownBy(() -> strict.read(at("/body/x"), LIMIT))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FORBIDDEN))
                    .hasMessageContaining("--allow-http");
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldSayUnavailableWhenThereIsNoSuchHost() {
        try (ObjectStore any = open(true, true, "http://missing.example:" + port())) {
            assertFails(
                    Reason.UNAVAILABLE, () -> any.read(URI.create("http://missing.example:" + port() + "/x"), LIMIT));
        }
    }

    @Test
    void shouldOnlyRead() {
        assertFails(Reason.FORBIDDEN, () -> store.write(at("/body/x"), bytes("x"), "text/plain"));
        assertFails(Reason.FORBIDDEN, () -> store.list(at("/body/"), 10));
        assertThat(seen).isEmpty();
    }

    private void answer(HttpExchange exchange) throws IOException {
        seen.add(exchange);
        String[] path = exchange.getRequestURI().getPath().split("/", 3);
        String rest = path.length > 2 ? path[2] : "";
        int status = 200;
        String body = rest;
        switch (path[1]) {
            case "body" -> body = rest;
            case "cookie" -> exchange.getResponseHeaders().add("Set-Cookie", "a=b; Path=/");
            case "challenge" -> {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
                status = 401;
            }
            case "status" -> status = Integer.parseInt(rest);
            case "redirect" -> {
                status = Integer.parseInt(rest);
                exchange.getResponseHeaders()
                        .add("Location", exchange.getRequestURI().getQuery());
            }
            case "chain" -> {
                status = rest.equals("0") ? 200 : 302;
                exchange.getResponseHeaders().add("Location", "/chain/" + (Integer.parseInt(rest) - 1));
            }
            case "loop" -> {
                status = 302;
                exchange.getResponseHeaders().add("Location", "/loop");
            }
            default -> body = path[1];
        }
        boolean hasBody = status == 200 && !exchange.getRequestMethod().equals("HEAD");
        if (status == 200 && !hasBody) {
            exchange.getResponseHeaders().add("Content-Length", "" + body.length());
        }
        exchange.sendResponseHeaders(status, hasBody && !body.isEmpty() ? body.length() : -1);
        if (hasBody) {
            exchange.getResponseBody().write(bytes(body));
        }
        exchange.close();
    }

    private URI redirect(int status, String target) {
        return at("/redirect/" + status + "?" + PercentCoding.encode(target));
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private URI at(String path) {
        return URI.create("http://images.example:" + port() + path);
    }

    private static ObjectStore open(boolean httpAllowed, boolean privateAllowed, String... sources) {
        Duration timeout = Duration.ofSeconds(5);
        return new HttpsStore(
                new StorageSettings(
                        Stream.of(sources).map(LocationPrefix::parse).toList(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        httpAllowed,
                        privateAllowed,
                        new StorageSettings.Timeouts(timeout, timeout, Duration.ofSeconds(10))),
                NAMES);
    }
}
