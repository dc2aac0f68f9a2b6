package io.driftrec.storage;

import static io.driftrec.storage.ObjectStoreContract.assertFails;
import static io.driftrec.storage.ObjectStoreContract.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.driftrec.storage.StorageException.Reason;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over TLS: the name is verified although the address is the one that was checked. */
@Timeout(60)
class HttpsStoreTlsTest {
    private static final char[] PASSWORD = "driftrec".toCharArray();

    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("/storage/tls.p12"))) {
            keys.load(file, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(bytes("ok"));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldReadWhenTheCertificateIsTrustedAndNamesTheHost() throws Exception {
        try (ObjectStore store = trusting()) {
            assertThat(store.read(at("images.example"), 10)).isEqualTo(bytes("ok"));
        }
    }

    @Test
    void shouldRefuseWhenTheCertificateNamesAnotherHost() throws Exception {
        try (ObjectStore store = trusting()) {
            assertFails(Reason.UNAVAILABLE, () -> store.read(at("other.example"), 10));
        }
    }

    @Test
    void shouldRefuseWhenTheCertificateIsNotTrusted() {
        try (ObjectStore store = open()) {
            assertFails(Reason.UNAVAILABLE, () -> store.read(at("images.example"), 10));
        }
    }

    private URI at(String host) {
        return URI.create("https://" + host + ":" + server.getAddress().getPort() + "/a.jpg");
    }

    /** A store that was opened while the test's certificate was what the JVM trusts. */
    private ObjectStore trusting() throws Exception {
        Map<String, String> properties = Map.of(
                "javax.net.ssl.trustStore",
                Path.of(Objects.requireNonNull(getClass().getResource("/storage/trust.p12"))
                                .toURI())
                        .toString(),
                "javax.net.ssl.trustStorePassword",
                new String(PASSWORD));
        properties.forEach(System::setProperty);
        try {
            return open();
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    private ObjectStore open() {
        int port = server.getAddress().getPort();
        return new HttpsStore(
                new StorageSettings(
                        List.of(
                                LocationPrefix.parse("https://images.example:" + port),
                                LocationPrefix.parse("https://other.example:" + port)),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        true,
                        StorageSettings.Timeouts.defaults()),
                new FixedNames(Map.of("images.example", "127.0.0.1", "other.example", "127.0.0.1")));
    }
}
