package io.driftrec.storage;

import static io.driftrec.storage.ObjectStoreContract.assertFails;
import static io.driftrec.storage.ObjectStoreContract.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.storage.StorageException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The web store before servers that lie, dawdle, never end or never begin. */
@Timeout(60)
class HttpsStoreHostileServerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration AGES = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 10",
                "Content-Length: 4000000000",
                "Content-Length: 9223372036854775807",
                "Connection: close",
            })
    void shouldBelieveTheBytesAndNotTheLengthWhenABodyIsTooLarge(String header) throws Exception {
        AtomicLong sent = new AtomicLong();
        RawServer endless = RawServer.start((request, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n"));
            byte[] zeros = new byte[1 << 16];
            while (true) {
                out.write(zeros);
                sent.addAndGet(zeros.length);
            }
        });
        try (endless;
                ObjectStore store = store(endless, AGES, AGES)) {
            if (header.equals("Content-Length: 10")) {
                assertThat(store.read(at(endless), 1 << 20))
                        .as("what HTTP says the body is")
                        .hasSize(10);
            } else {
                assertFails(Reason.TOO_LARGE, () -> store.read(at(endless), 1 << 20));
                assertThat(sent.get()).as("bytes sent before the store hung up").isLessThan(64L << 20);
            }
        }
    }

    @Test
    void shouldStopReadingWhenChunksNeverEnd() throws Exception {
        RawServer endless = RawServer.start((request, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
            byte[] chunk = bytes("10000\r\n" + "x".repeat(0x10000) + "\r\n");
            while (true) {
                out.write(chunk);
            }
        });
        try (endless;
                ObjectStore store = store(endless, AGES, AGES)) {
            assertFails(Reason.TOO_LARGE, () -> store.read(at(endless), 1 << 20));
        }
    }

    @Test
    void shouldNotUnpackWhenTheBodyIsCompressed() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bomb)) {
            packed.write(new byte[20 << 20]);
        }
        String head = "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: " + bomb.size();
        try (RawServer server = RawServer.sending(head, bomb.toByteArray());
                ObjectStore store = store(server, AGES, AGES)) {
            assertThat(store.read(at(server), 1 << 20)).isEqualTo(bomb.toByteArray());
        }
    }

    @Test
    void shouldGiveUpWhenTheServerHangs() throws Exception {
        try (RawServer server = RawServer.hanging();
                ObjectStore store = store(server, Duration.ofMillis(300), AGES)) {
            assertGivesUp(store, server);
        }
    }

    @Test
    void shouldGiveUpWhenTheBodyOnlyDrips() throws Exception {
        try (RawServer server = S3FailureTest.dripping();
                ObjectStore store = store(server, AGES, SECOND)) {
            assertGivesUp(store, server);
        }
    }

    @Test
    void shouldGiveUpWhenTheHeadOnlyDrips() throws Exception {
        RawServer[] self = new RawServer[1];
        self[0] = RawServer.start((request, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nX-Slow: "));
            for (int i = 0; i < 1000; i++) {
                out.write('x');
                out.flush();
                self[0].awaitClose(50);
            }
        });
        try (RawServer server = self[0];
                ObjectStore store = store(server, AGES, SECOND)) {
            assertGivesUp(store, server);
        }
    }

    @Test
    void shouldSayUnavailableWhenTheBodyIsCutOff() throws Exception {
        try (RawServer server = RawServer.sending("HTTP/1.1 200 OK\nContent-Length: 1000", bytes("only this"));
                ObjectStore store = store(server, AGES, AGES)) {
            assertFails(Reason.UNAVAILABLE, () -> store.read(at(server), 10_000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1", "SSH-2.0-OpenSSH", "HTTP/1.1 200 OK\nContent-Length: x", "HTTP/1.1 999 ?"})
    void shouldFailWhenTheAnswerIsNoHttp(String head) throws Exception {
        try (RawServer server = RawServer.sending(head, new byte[0]);
                ObjectStore store = store(server, AGES, AGES)) {
            assertFails(Reason.UNAVAILABLE, () -> store.read(at(server), 10_000));
        }
    }

    @Test
    void shouldFailWhenHeadersNeverEnd() throws Exception {
        RawServer endless = RawServer.start((request, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\n"));
            for (long i = 0; true; i++) {
                out.write(bytes("X-" + i + ": x\r\n"));
            }
        });
        RawServer longLine = RawServer.start((request, out) -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nX: "));
            while (true) {
                out.write(bytes("x".repeat(1000)));
            }
        });
        for (RawServer server : List.of(endless, longLine)) {
            try (server;
                    ObjectStore store = store(server, AGES, AGES)) {
                assertFails(Reason.UNAVAILABLE, () -> store.read(at(server), 10_000));
            }
        }
    }

    @Test
    void shouldSayUnavailableWhenNobodyListens() throws Exception {
        RawServer server = RawServer.hanging();
        server.close();
        try (ObjectStore store = store(server, AGES, AGES)) {
            assertFails(Reason.UNAVAILABLE, () -> store.read(at(server), 10_000));
        }
    }

    @Test
    void shouldGiveEveryConnectionBackWhenReadsAreBrokenOff() throws Exception {
        byte[] body = new byte[1 << 20];
        try (RawServer server = RawServer.sending("HTTP/1.1 200 OK\nContent-Length: " + body.length, body);
                ObjectStore store = store(server, AGES, AGES)) {
            for (int i = 0; i < 40; i++) { // more than the connections to one host
                assertFails(Reason.TOO_LARGE, () -> store.read(at(server), 1));
            }
            assertThat(store.read(at(server), body.length)).hasSize(body.length);
        }
    }

    private static void assertGivesUp(ObjectStore store, RawServer server) {
        long start = System.nanoTime();
        assertFails(Reason.UNAVAILABLE, () -> store.read(at(server), 1 << 20));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AGES.dividedBy(2));
    }

    private static URI at(RawServer server) {
        return URI.create("http://images.example:" + server.port() + "/a.jpg");
    }

    private static ObjectStore store(RawServer server, Duration response, Duration total) throws IOException {
        return new HttpsStore(
                new StorageSettings(
                        List.of(LocationPrefix.parse("http://images.example:" + server.port() + "/")),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        true,
                        true,
                        new StorageSettings.Timeouts(Duration.ofSeconds(2), response, total)),
                new FixedNames(Map.of("images.example", "127.0.0.1")));
    }
}
