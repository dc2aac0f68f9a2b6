package io.driftrec.storage;

import static io.driftrec.storage.ObjectStoreContract.assertFails;
import static io.driftrec.storage.ObjectStoreContract.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.storage.StorageException.Reason;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingStoreTest {
    private static final long LIMIT = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void shouldReadSourcesAndWriteTargetsAndNothingElse() throws Exception {
        Path in = Files.createDirectory(directory.resolve("in"));
        Files.writeString(in.resolve("a.jpg"), "source");
        Files.writeString(directory.resolve("other.jpg"), "other");
        URI source = file("in/a.jpg");
        URI target = file("out/2024/a.png");
        try (ObjectStore store = RoutingStore.open(StorageSettings.allowing(
                List.of(LocationPrefix.parse(file("in/").toString())),
                List.of(LocationPrefix.parse(file("out").toString()))))) {
            store.write(target, bytes("result"), "image/png");

            assertThat(store.read(source, LIMIT)).isEqualTo(bytes("source"));
            assertThat(directory.resolve("out/2024/a.png")).hasContent("result");
            assertThat(store.size(source)).contains(6L);
            assertThat(store.size(target)).contains(6L);
            assertThat(store.list(file("in/"), 10)).containsExactly(source);
            assertForbidden("--allow-target", source, () -> store.write(source, bytes("x"), "image/png"));
            assertForbidden("--allow-source", target, () -> store.read(target, LIMIT));
            assertForbidden("--allow-source", file("out/"), () -> store.list(file("out/"), 10));
            assertForbidden("--allow-source", file("other.jpg"), () -> store.read(file("other.jpg"), LIMIT));
            assertForbidden("--allow-source", file("other.jpg"), () -> store.size(file("other.jpg")));
            assertForbidden("--allow-source", file("in"), () -> store.list(file("in"), 10));
        }
    }

    @Test
    void shouldRefuseEverythingWhenNothingIsAllowed() {
        try (ObjectStore store = RoutingStore.open(StorageSettings.allowing(List.of(), List.of()))) {
            for (String text :
                    List.of("file:///etc/passwd", "s3://bucket/a", "https://example.org/a", "ftp://host/a")) {
                URI location = URI.create(text);
                assertFails(Reason.FORBIDDEN, () -> store.read(location, LIMIT));
                assertFails(Reason.FORBIDDEN, () -> store.write(location, bytes("x"), "image/png"));
                assertFails(Reason.FORBIDDEN, () -> store.size(location));
                assertFails(Reason.FORBIDDEN, () -> store.list(location, 10));
            }
        }
    }

    @Test
    void shouldPassACallToTheStoreOfTheScheme() throws Exception {
        Recorder files = new Recorder();
        Recorder web = new Recorder();
        LocationPolicy policy = new LocationPolicy(
                List.of(
                        LocationPrefix.parse("file:///in"),
                        LocationPrefix.parse("https://*"),
                        LocationPrefix.parse("s3://bucket")),
                List.of());
        try (ObjectStore store = new RoutingStore(policy, Map.of("file", files, "https", web, "http", web))) {
            store.read(URI.create("FILE:/in/a"), LIMIT);
            store.read(URI.create("https://example.org/a?sig=%2F"), LIMIT);
            store.list(URI.create("file:///in"), 10);
            assertFails(Reason.FORBIDDEN, () -> store.read(URI.create("s3://bucket/a"), LIMIT));
        }
        assertThat(files.calls).containsExactly("read FILE:/in/a", "list file:///in/", "close");
        assertThat(web.calls).containsExactly("read https://example.org/a?sig=%2F", "close");
    }

    @Test
    void shouldMoveAnObjectThroughARealS3Server() throws Exception {
        try (S3Server server = S3Server.start(directory)) {
            server.createBucket("bucket");
            StorageSettings settings = new StorageSettings(
                    List.of(LocationPrefix.parse("s3://bucket/in")),
                    List.of(LocationPrefix.parse("s3://bucket/in/"), LocationPrefix.parse("s3://bucket/input/")),
                    Optional.of(server.endpoint()),
                    Optional.empty(),
                    true,
                    false,
                    false,
                    StorageSettings.Timeouts.defaults());
            try (ObjectStore store = RoutingStore.open(settings, S3Server.CREDENTIALS)) {
                store.write(URI.create("s3://bucket/in/ü.png"), bytes("x"), "image/png");
                store.write(URI.create("s3://bucket/input/b.png"), bytes("y"), "image/png");

                assertThat(store.list(URI.create("s3://bucket/in"), 10))
                        .as("the neighbour that begins alike is not listed")
                        .containsExactly(URI.create("s3://bucket/in/%C3%BC.png"));
                assertThat(store.read(URI.create("s3://bucket/in/%C3%BC.png"), LIMIT))
                        .isEqualTo(bytes("x"));
                assertFails(Reason.FORBIDDEN, () -> store.read(URI.create("s3://bucket/input/b.png"), LIMIT));
            }
        }
    }

    @Test
    void shouldNameWhatIsWrongWithTheSettings() {
        StorageSettings.Timeouts timeouts = StorageSettings.Timeouts.defaults();
        assertThatThrownBy(() -> new StorageSettings.Timeouts(
                        timeouts.connect(),
                        timeouts.response(),
                        timeouts.total().negated()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("total");
        for (String endpoint : List.of("localhost:9000", "s3://bucket", "/x", "https:///")) {
            assertThatThrownBy(() -> settings(Optional.of(URI.create(endpoint)), Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(endpoint);
        }
        assertThatThrownBy(() -> settings(Optional.empty(), Optional.of(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3Region");
    }

    private static StorageSettings settings(Optional<URI> endpoint, Optional<String> region) {
        return new StorageSettings(
                List.of(), List.of(), endpoint, region, false, false, false, StorageSettings.Timeouts.defaults());
    }

    private URI file(String name) {
        return URI.create("file://" + directory + "/" + name);
    }

    private static void assertForbidden(String option, URI location, ThrowingCallable call) {
        assertFails(Reason.FORBIDDEN, call);
        assertThatThrownBy(call).hasMessageContaining(option).hasMessageContaining(location.toString());
    }

    /** Writes down what it is asked. */
    private static final class Recorder implements ObjectStore {
        final List<String> calls = new ArrayList<>();

        @Override
        public byte[] read(URI location, long maxBytes) {
            calls.add("read " + location);
            return new byte[0];
        }

        @Override
        public void write(URI location, byte[] content, String contentType) {
            calls.add("write " + location);
        }

        @Override
        public Optional<Long> size(URI location) {
            calls.add("size " + location);
            return Optional.empty();
        }

        @Override
        public List<URI> list(URI prefix, int limit) {
            calls.add("list " + prefix);
            return List.of();
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
