package io.driftrec.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.driftrec.storage.StorageException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest extends ObjectStoreContract {
    private static final long LIMIT = 1 << 20;

    @TempDir
    Path directory;

    private Path root;
    private Path outside;
    private ObjectStore store;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        store = new DirectoryStore(List.of(root), List.of(root));
    }

    @Override
    ObjectStore store() {
        return store;
    }

    @Override
    URI folder() {
        return URI.create("file://" + root.toUri().getRawPath());
    }

    @Test
    void shouldRefuseWhenTheNameIsOutside() throws IOException {
        URI secret = outside.resolve("secret").toUri();
        URI sibling = URI.create("file://" + root + "-other/a");

        assertFails(Reason.FORBIDDEN, () -> store.read(secret, LIMIT));
        assertFails(Reason.FORBIDDEN, () -> store.size(secret));
        assertFails(Reason.FORBIDDEN, () -> store.write(secret, bytes("x"), "image/png"));
        assertFails(Reason.FORBIDDEN, () -> store.write(sibling, bytes("x"), "image/png"));
        assertFails(Reason.FORBIDDEN, () -> store.list(outside.toUri(), 10));
        assertThat(outside.resolve("secret")).hasContent("secret");
        assertThat(directory.resolve("root-other")).doesNotExist();
    }

    @Test
    void shouldNotTellWhatExistsOutside() {
        assertFails(Reason.FORBIDDEN, () -> store.read(outside.resolve("secret").toUri(), LIMIT));
        assertFails(
                Reason.FORBIDDEN, () -> store.read(outside.resolve("missing").toUri(), LIMIT));
    }

    @Test
    void shouldRefuseWhenALinkLeadsOutside() throws IOException {
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("dir"), outside);
        Files.createSymbolicLink(root.resolve("up"), Path.of("..", "outside"));

        assertFails(Reason.FORBIDDEN, () -> store.read(location("file"), LIMIT));
        assertFails(Reason.FORBIDDEN, () -> store.size(location("file")));
        for (String link : List.of("dir", "up")) {
            assertFails(Reason.FORBIDDEN, () -> store.read(location(link + "/secret"), LIMIT));
            assertFails(Reason.FORBIDDEN, () -> store.write(location(link + "/new"), bytes("x"), "image/png"));
            assertFails(Reason.FORBIDDEN, () -> store.write(location(link + "/a/b/new"), bytes("x"), "image/png"));
            assertFails(Reason.FORBIDDEN, () -> store.list(location(link + "/"), 10));
        }
        assertThat(outside).isDirectoryNotContaining(path -> !path.endsWith("secret"));
    }

    @Test
    void shouldReplaceTheLinkAndNotItsTargetWhenItWritesOntoALink() throws Exception {
        Files.createSymbolicLink(root.resolve("link"), outside.resolve("secret"));

        store.write(location("link"), bytes("new"), "image/png");

        assertThat(outside.resolve("secret")).hasContent("secret");
        assertThat(store.read(location("link"), LIMIT)).isEqualTo(bytes("new"));
    }

    @Test
    void shouldFollowLinksWithinTheRoot() throws Exception {
        Files.createDirectories(root.resolve("real"));
        Files.writeString(root.resolve("real/a"), "a");
        Files.createSymbolicLink(root.resolve("dir"), Path.of("real"));
        Files.createSymbolicLink(root.resolve("file"), Path.of("real", "a"));
        Files.createSymbolicLink(root.resolve("round"), root);
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("nowhere"));

        assertThat(store.read(location("dir/a"), LIMIT)).isEqualTo(bytes("a"));
        assertThat(store.read(location("file"), LIMIT)).isEqualTo(bytes("a"));
        assertFails(Reason.NOT_FOUND, () -> store.read(location("dangling"), LIMIT));
        assertThat(store.list(folder(), 10)).containsExactly(location("file"), location("real/a"));
    }

    @Test
    void shouldWorkWhenTheRootItselfIsALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), root);
        ObjectStore linked = new DirectoryStore(List.of(link), List.of(link));

        linked.write(URI.create("file://" + link + "/dir/a"), bytes("a"), "image/png");

        assertThat(root.resolve("dir/a")).hasContent("a");
        assertThat(linked.list(URI.create("file://" + link + "/"), 10))
                .containsExactly(URI.create("file://" + link + "/dir/a"));
    }

    @Test
    void shouldCreateTheRootWhenItIsWrittenFirst() throws Exception {
        Path missing = directory.resolve("not/yet");
        ObjectStore fresh = new DirectoryStore(List.of(), List.of(missing));

        fresh.write(missing.resolve("dir/a").toUri(), bytes("a"), "image/png");

        assertThat(missing.resolve("dir/a")).hasContent("a");
    }

    @Test
    void shouldKeepReadableAndWritableApartEvenThroughLinks() throws Exception {
        Path in = Files.createDirectory(directory.resolve("in"));
        Path out = Files.createDirectory(directory.resolve("out"));
        Files.writeString(out.resolve("a"), "a");
        Files.createSymbolicLink(in.resolve("out"), out);
        Files.createSymbolicLink(out.resolve("in"), in);
        ObjectStore oneWay = new DirectoryStore(List.of(in), List.of(out));

        assertFails(Reason.FORBIDDEN, () -> oneWay.read(in.resolve("out/a").toUri(), LIMIT));
        assertFails(Reason.FORBIDDEN, () -> oneWay.read(out.resolve("a").toUri(), LIMIT));
        assertFails(Reason.FORBIDDEN, () -> oneWay.write(out.resolve("in/b").toUri(), bytes("b"), "image/png"));
        assertFails(Reason.FORBIDDEN, () -> oneWay.write(in.resolve("b").toUri(), bytes("b"), "image/png"));
        assertThat(oneWay.size(out.resolve("a").toUri())).contains(1L);
    }

    @Test
    void shouldAllowOneFileWhenTheRootIsThatFile() throws Exception {
        Path file = outside.resolve("one.png");
        ObjectStore single = new DirectoryStore(List.of(file), List.of(file));

        single.write(file.toUri(), bytes("one"), "image/png");

        assertThat(single.read(file.toUri(), LIMIT)).isEqualTo(bytes("one"));
        assertFails(
                Reason.FORBIDDEN, () -> single.read(outside.resolve("secret").toUri(), LIMIT));
    }

    @Test
    void shouldOrderNamesByTheirBytes() throws Exception {
        // in UTF-16 the first would be the second
        store.write(location("￮"), bytes("x"), "image/png");
        store.write(location("😀"), bytes("x"), "image/png");

        assertThat(store.list(folder(), 10)).containsExactly(location("￮"), location("😀"));
    }

    @Test
    void shouldListNoUnfinishedObjectWhileItIsWritten() throws Exception {
        store.write(location("a"), bytes("former"), "image/png");
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writes = writer.submit(() -> {
                for (int i = 0; i < 50; i++) {
                    store.write(location("a"), new byte[200_000], "image/png");
                }
                return null;
            });
            int listings = 0;
            while (!writes.isDone() || listings == 0) {
                assertThat(store.list(folder(), 10)).containsExactly(location("a"));
                listings++;
            }
            writes.get();
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void shouldHideWhatAKilledWriterLeft() throws Exception {
        Files.createDirectories(root.resolve("dir"));
        Files.writeString(root.resolve("dir/.driftrec-0b4e.tmp"), "half");
        store.write(location("dir/a"), bytes("a"), "image/png");

        assertThat(store.list(folder(), 10)).containsExactly(location("dir/a"));
        assertFails(Reason.FORBIDDEN, () -> store.read(location("dir/.driftrec-0b4e.tmp"), LIMIT));
        assertFails(Reason.FORBIDDEN, () -> store.write(location("dir/.driftrec-0b4e.tmp"), bytes("x"), "image/png"));
    }

    @Test
    void shouldLeaveNoTemporaryFileWhenAWriteFails() throws IOException {
        Files.createDirectories(root.resolve("dir/a"));
        Files.writeString(root.resolve("file"), "x");

        assertFails(Reason.FORBIDDEN, () -> store.write(location("dir/a"), bytes("x"), "image/png"));
        assertFails(Reason.FORBIDDEN, () -> store.write(location("file/a"), bytes("x"), "image/png"));
        assertFails(Reason.FORBIDDEN, () -> store.write(location("a".repeat(256)), bytes("x"), "image/png"));
        assertFails(Reason.FORBIDDEN, () -> store.write(location("a/".repeat(3000) + "a"), bytes("x"), "image/png"));
        try (Stream<Path> all = Files.walk(root)) {
            assertThat(all).noneMatch(DirectoryStore::isTemporary);
        }
    }

    @Test
    void shouldSayNotFoundWhenSomethingElseIsInTheWay() throws Exception {
        Files.createDirectories(root.resolve("dir"));
        Files.writeString(root.resolve("file"), "x");

        assertFails(Reason.NOT_FOUND, () -> store.read(location("dir"), LIMIT));
        assertFails(Reason.NOT_FOUND, () -> store.read(location("file/a"), LIMIT));
        assertFails(Reason.NOT_FOUND, () -> store.read(location("a".repeat(300)), LIMIT));
        assertThat(store.size(location("dir"))).isEmpty();
        assertThat(store.list(location("file/"), 10)).isEmpty();
    }

    @Test
    void shouldRefuseWhenItIsNoRegularFile() throws Exception {
        Path device = Path.of("/dev");
        assumeTrue(Files.exists(device.resolve("zero")), "no /dev/zero here");
        ObjectStore devices = new DirectoryStore(List.of(device), List.of());

        assertFails(Reason.FORBIDDEN, () -> devices.read(URI.create("file:///dev/zero"), LIMIT));
    }

    @Test
    void shouldMakeFilesThatOthersMayReadAsTheUmaskSays() throws Exception {
        Path plain = Files.writeString(root.resolve("plain"), "x");
        store.write(location("written"), bytes("x"), "image/png");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("written"))))
                .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(plain)));
    }
}
