package io.driftrec.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.storage.StorageException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store that can be read and written promises; each store's test inherits it. */
abstract class ObjectStoreContract {
    private static final long LIMIT = 64L << 20;
    private static final String TYPE = "image/png";

    /** The store under test. */
    abstract ObjectStore store();

    /** A folder that is empty before each test and may be read and written; ends with a slash. */
    abstract URI folder();

    final URI location(String name) {
        return URI.create(folder() + PercentCoding.encode(name));
    }

    @Test
    void shouldReadWhatWasWritten() throws StorageException {
        store().write(location("dir/a.png"), bytes("content"), TYPE);

        assertThat(store().read(location("dir/a.png"), LIMIT)).isEqualTo(bytes("content"));
        assertThat(store().size(location("dir/a.png"))).contains(7L);
    }

    @Test
    void shouldKeepAnEmptyObject() throws StorageException {
        store().write(location("empty"), new byte[0], TYPE);

        assertThat(store().read(location("empty"), 0)).isEmpty();
        assertThat(store().size(location("empty"))).contains(0L);
    }

    @Test
    void shouldReplaceWhenTheObjectExists() throws StorageException {
        store().write(location("a"), bytes("a longer former content"), TYPE);
        store().write(location("a"), bytes("new"), TYPE);

        assertThat(store().read(location("a"), LIMIT)).isEqualTo(bytes("new"));
        assertThat(store().size(location("a"))).contains(3L);
    }

    @Test
    void shouldChangeNothingWhenTheSameIsWrittenAgain() throws StorageException {
        store().write(location("a"), bytes("same"), TYPE);
        store().write(location("a"), bytes("same"), TYPE);

        assertThat(store().read(location("a"), LIMIT)).isEqualTo(bytes("same"));
        assertThat(store().list(folder(), 10)).containsExactly(location("a"));
    }

    @Test
    void shouldSayNotFoundWhenThereIsNone() throws StorageException {
        assertFails(Reason.NOT_FOUND, () -> store().read(location("missing"), LIMIT));
        assertFails(Reason.NOT_FOUND, () -> store().read(location("no/such/dir/missing"), LIMIT));
        assertThat(store().size(location("missing"))).isEmpty();
        assertThat(store().size(location("no/such/dir/missing"))).isEmpty();
    }

    @Test
    void shouldSayTooLargeWhenOneByteExceedsTheLimit() throws StorageException {
        store().write(location("a"), new byte[100_000], TYPE);

        assertThat(store().read(location("a"), 100_000)).hasSize(100_000);
        assertFails(Reason.TOO_LARGE, () -> store().read(location("a"), 99_999));
        assertFails(Reason.TOO_LARGE, () -> store().read(location("a"), 0));
    }

    @Test
    void shouldStillWorkWhenManyReadsWereBrokenOffForTheirSize() throws StorageException {
        store().write(location("a"), new byte[3 << 20], TYPE);

        for (int i = 0; i < 100; i++) {
            assertFails(Reason.TOO_LARGE, () -> store().read(location("a"), 10));
        }
        assertThat(store().read(location("a"), LIMIT)).hasSize(3 << 20);
    }

    @Test
    void shouldKeepEveryByteOfABigObject() throws StorageException {
        byte[] content = new byte[24 << 20];
        new Random(1).nextBytes(content);

        store().write(location("big"), content, TYPE);

        assertThat(Arrays.equals(store().read(location("big"), LIMIT), content)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space.png",
                "größe.png",
                "日本/画像 ✓.png",
                "😀.png",
                "100%.png",
                "a+b&c=d;e,f@g:h!.png",
                "hash#query?.png",
                "~'quotes\"<>|*[]{}^`.png",
                "..a/b..c/...",
                ".hidden",
                "a/b/c/d/e/f/g/h",
            })
    void shouldKeepNamesAsTheyAre(String name) throws StorageException {
        store().write(location(name), bytes(name), TYPE);

        assertThat(store().read(location(name), LIMIT)).isEqualTo(bytes(name));
        assertThat(store().size(location(name))).contains((long) bytes(name).length);
        assertThat(store().list(folder(), 10)).containsExactly(location(name));
        assertThat(store().list(location(name.substring(0, name.offsetByCodePoints(0, 3))), 10))
                .containsExactly(location(name));
    }

    @Test
    void shouldListInTheOrderOfTheNames() throws StorageException {
        List<String> names = List.of("a", "a-b", "a.b", "a/b", "a/c/d", "a0", "b", "ä", "😀");
        for (int i = names.size() - 1; i >= 0; i--) {
            if (i != 0) { // a file "a" and a directory "a" cannot stand side by side
                store().write(location(names.get(i)), bytes("x"), TYPE);
            }
        }

        List<URI> expected = names.stream().skip(1).map(this::location).toList();
        assertThat(store().list(folder(), 100)).containsExactlyElementsOf(expected);
        assertThat(store().list(folder(), 4)).containsExactlyElementsOf(expected.subList(0, 4));
    }

    @Test
    void shouldListByTheStartOfTheName() throws StorageException {
        for (String name : List.of("in/a1", "in/a2", "in/b", "input/a", "other")) {
            store().write(location(name), bytes("x"), TYPE);
        }

        assertThat(store().list(location("in/"), 10))
                .containsExactly(location("in/a1"), location("in/a2"), location("in/b"));
        assertThat(store().list(location("in/a"), 10)).containsExactly(location("in/a1"), location("in/a2"));
        assertThat(store().list(location("inp"), 10)).containsExactly(location("input/a"));
        assertThat(store().list(location("none/"), 10)).isEmpty();
        assertThat(store().list(location("none/such"), 10)).isEmpty();
        assertThat(store().list(folder(), 0)).isEmpty();
    }

    @Test
    void shouldRefuseWhenTheLocationNamesAFolder() throws StorageException {
        store().write(location("dir/a"), bytes("x"), TYPE);

        assertFails(Reason.FORBIDDEN, () -> store().read(location("dir/"), LIMIT));
        assertFails(Reason.FORBIDDEN, () -> store().write(location("dir/"), bytes("x"), TYPE));
        assertFails(Reason.FORBIDDEN, () -> store().size(location("dir/")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../a", "dir/../../a", "%2e%2e/a", "..%2fa", "%252e%252e/a", "a%00b", "..%5ca"})
    void shouldRefuseWhenTheNameIsATrick(String raw) {
        URI location = URI.create(folder() + raw);

        assertFails(Reason.FORBIDDEN, () -> store().read(location, LIMIT));
        assertFails(Reason.FORBIDDEN, () -> store().write(location, bytes("x"), TYPE));
        assertFails(Reason.FORBIDDEN, () -> store().size(location));
        assertFails(Reason.FORBIDDEN, () -> store().list(location, 10));
    }

    @Test
    void shouldRefuseWhenTheSchemeIsAnothers() {
        URI location = URI.create("https://example.org/a");

        assertFails(Reason.FORBIDDEN, () -> store().read(location, LIMIT));
        assertFails(Reason.FORBIDDEN, () -> store().write(location, bytes("x"), TYPE));
        assertFails(Reason.FORBIDDEN, () -> store().list(location, 10));
    }

    @Test
    void shouldShowTheFormerOrTheNewObjectWhenItIsReplacedWhileRead() throws Exception {
        byte[][] versions = {filled(300_000, (byte) 'a'), filled(200_000, (byte) 'b')};
        store().write(location("a"), versions[0], TYPE);
        AtomicBoolean isDone = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try {
            List<Future<Integer>> reads = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                reads.add(readers.submit(() -> {
                    int count = 0;
                    while (!isDone.get() || count == 0) {
                        byte[] seen = store().read(location("a"), LIMIT);
                        assertThat(Arrays.equals(seen, versions[0]) || Arrays.equals(seen, versions[1]))
                                .as("a whole version, not %d bytes of something else", seen.length)
                                .isTrue();
                        count++;
                    }
                    return count;
                }));
            }
            for (int write = 1; write <= 60; write++) {
                store().write(location("a"), versions[write % 2], TYPE);
            }
            isDone.set(true);
            for (Future<Integer> read : reads) {
                assertThat(read.get(30, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            isDone.set(true);
            readers.shutdownNow();
        }
    }

    static void assertFails(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.reason())
                .isEqualTo(reason));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] filled(int length, byte value) {
        byte[] content = new byte[length];
        Arrays.fill(content, value);
        return content;
    }
}
