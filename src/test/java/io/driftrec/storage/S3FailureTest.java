package io.driftrec.storage;

import static io.driftrec.storage.ObjectStoreContract.assertFails;
import static io.driftrec.storage.ObjectStoreContract.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.driftrec.storage.StorageException.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The S3 store before servers that fail in every way. */
@Timeout(60)
class S3FailureTest {
    private static final URI OBJECT = URI.create("s3://bucket/key");
    private static final String ERROR = "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>m</Message></Error>";

    @ParameterizedTest
    @CsvSource({
        "500, InternalError, UNAVAILABLE, 2",
        "502, , UNAVAILABLE, 2",
        "503, SlowDown, UNAVAILABLE, 2",
        "503, ServiceUnavailable, UNAVAILABLE, 2",
        "504, , UNAVAILABLE, 2",
        "429, TooManyRequests, UNAVAILABLE, 2",
        "400, ExpiredToken, UNAVAILABLE, 1",
        "400, RequestTimeout, UNAVAILABLE, 2",
        "409, OperationAborted, UNAVAILABLE, 1",
        "403, RequestTimeTooSkewed, UNAVAILABLE, 2",
        "403, AccessDenied, FORBIDDEN, 1",
        "403, InvalidAccessKeyId, FORBIDDEN, 1",
        "400, KeyTooLongError, FORBIDDEN, 1",
        "301, PermanentRedirect, FORBIDDEN, 1",
        "405, MethodNotAllowed, FORBIDDEN, 1",
        "404, NoSuchKey, NOT_FOUND, 1",
        "404, NoSuchBucket, NOT_FOUND, 1",
    })
    void shouldSayWhatKindOfFailureItIsWhenTheServerAnswersAnError(int status, String code, Reason reason, int attempts)
            throws IOException {
        byte[] body = code == null ? new byte[0] : bytes(ERROR.formatted(code));
        String head = "HTTP/1.1 " + status + " x\nContent-Type: application/xml\nConnection: close\nContent-Length: "
                + body.length;
        try (RawServer server = RawServer.sending(head, body);
                ObjectStore store = store(server.port(), Duration.ofSeconds(10))) {
            assertFails(reason, () -> store.read(OBJECT, 100));
            assertThat(server.requests()).as("attempts of one read").isLessThanOrEqualTo(attempts);
            assertFails(reason, () -> store.write(OBJECT, bytes("x"), "text/plain"));
            assertFails(reason, () -> store.list(OBJECT, 100));
        }
    }

    @Test
    void shouldSayUnavailableWhenNobodyListens() throws IOException {
        int port;
        try (RawServer server = RawServer.hanging()) {
            port = server.port();
        }
        try (ObjectStore store = store(port, Duration.ofSeconds(10))) {
            assertFails(Reason.UNAVAILABLE, () -> store.read(OBJECT, 100));
            assertFails(Reason.UNAVAILABLE, () -> store.write(OBJECT, bytes("x"), "text/plain"));
            assertFails(Reason.UNAVAILABLE, () -> store.size(OBJECT));
            assertFails(Reason.UNAVAILABLE, () -> store.list(OBJECT, 1));
        }
    }

    @Test
    void shouldGiveUpWhenTheServerHangs() throws IOException {
        try (RawServer server = RawServer.hanging();
                ObjectStore store = store(server.port(), Duration.ofMillis(500))) {
            assertFails(Reason.UNAVAILABLE, () -> store.read(OBJECT, 100));
            assertFails(Reason.UNAVAILABLE, () -> store.write(OBJECT, bytes("x"), "text/plain"));
        }
    }

    @Test
    void shouldGiveUpWhenTheBodyOnlyDrips() throws IOException {
        try (RawServer server = dripping();
                ObjectStore store = store(server.port(), Duration.ofSeconds(10), Duration.ofSeconds(1))) {
            long start = System.nanoTime();
            assertFails(Reason.UNAVAILABLE, () -> store.read(OBJECT, 1_000_000));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
            assertThat(Thread.interrupted())
                    .as("the time-out leaves no interrupt behind")
                    .isFalse();
        }
    }

    @Test
    void shouldSayUnavailableWhenTheBodyIsCutOff() throws IOException {
        try (RawServer server = RawServer.sending("HTTP/1.1 200 OK\nContent-Length: 1000", bytes("only this"));
                ObjectStore store = store(server.port(), Duration.ofSeconds(5))) {
            assertFails(Reason.UNAVAILABLE, () -> store.read(OBJECT, 10_000));
        }
    }

    @Test
    void shouldStopReadingWhenAnEndlessBodyHasNoLength() throws IOException {
        RawServer endless = RawServer.start((request, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"));
            byte[] zeros = new byte[1 << 16];
            while (true) {
                out.write(zeros);
            }
        });
        try (endless;
                ObjectStore store = store(endless.port(), Duration.ofSeconds(10))) {
            assertFails(Reason.TOO_LARGE, () -> store.read(OBJECT, 1 << 20));
        }
    }

    @Test
    void shouldFindNoObjectWhenTheHeadSaysSo() throws Exception {
        try (RawServer server = RawServer.sending("HTTP/1.1 404 Not Found\nContent-Length: 0", new byte[0]);
                ObjectStore store = store(server.port(), Duration.ofSeconds(5))) {
            assertThat(store.size(OBJECT)).isEmpty();
        }
    }

    @Test
    void shouldSendASignedWholeBodyThatOldServersUnderstand() throws Exception {
        StringBuilder seen = new StringBuilder();
        RawServer recorder = RawServer.start((request, out) -> {
            seen.append(request);
            out.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        });
        try (recorder;
                ObjectStore store = store(recorder.port(), Duration.ofSeconds(5))) {
            store.write(OBJECT, bytes("content"), "image/png");
        }
        assertThat(seen.toString().toLowerCase(Locale.ROOT))
                .startsWith("put /bucket/key http/1.1")
                .contains("content-type: image/png", "content-length: 7", "authorization: aws4-hmac-sha256")
                .doesNotContain("aws-chunked", "x-amz-trailer", "x-amz-checksum", "streaming-", "expect:");
    }

    @Test
    void shouldNameTheRegionWhenNoneIsKnown() {
        assumeTrue(System.getenv("AWS_REGION") == null, "AWS_REGION is set");
        System.setProperty("aws.disableEc2Metadata", "true");
        try {
            StorageSettings settings =
                    StorageSettings.allowing(List.of(LocationPrefix.parse("s3://bucket/")), List.of());
            assertThatThrownBy(() -> RoutingStore.open(settings, S3Server.CREDENTIALS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("region");
        } finally {
            System.clearProperty("aws.disableEc2Metadata");
        }
    }

    static RawServer dripping() throws IOException {
        RawServer[] self = new RawServer[1];
        self[0] = RawServer.start((request, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
            for (int i = 0; i < 1000; i++) {
                out.write('x');
                out.flush();
                self[0].awaitClose(50);
            }
        });
        return self[0];
    }

    private static ObjectStore store(int port, Duration response) {
        return store(port, response, Duration.ofSeconds(20));
    }

    private static ObjectStore store(int port, Duration response, Duration total) {
        return S3Store.open(
                new StorageSettings(
                        List.of(),
                        List.of(),
                        Optional.of(URI.create("http://127.0.0.1:" + port)),
                        Optional.of("eu-central-1"),
                        true,
                        false,
                        false,
                        new StorageSettings.Timeouts(Duration.ofSeconds(2), response, total)),
                S3Server.CREDENTIALS);
    }
}
