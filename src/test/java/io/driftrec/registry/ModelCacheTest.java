package io.driftrec.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.ManualClock;
import io.driftrec.network.FileDigest;
import io.driftrec.network.ModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCacheTest {
    private static final byte[] CARD = "{}".getBytes(UTF_8);

    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock();
    private ModelCache cache;

    @BeforeEach
    void open() {
        cache = new ModelCache(directory, 2, clock);
    }

    private FetchedModel store(String weights) throws IOException {
        clock.advance(Duration.ofSeconds(10));
        return cache.store("tiny", digest(weights), CARD, weights.getBytes(UTF_8));
    }

    private static String digest(String weights) {
        return FileDigest.of(weights.getBytes(UTF_8));
    }

    private List<String> onDisk() throws IOException {
        try (Stream<Path> entries = Files.list(directory.resolve("tiny"))) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    @Test
    void shouldFindWhatItStored() throws IOException {
        FetchedModel stored = store("a");

        assertThat(cache.find("tiny", digest("a"), CARD)).contains(stored);
        assertThat(cache.find("tiny", digest("b"), CARD)).isEmpty();
        assertThat(cache.find("other", digest("a"), CARD)).isEmpty();
        assertThat(store("a")).isEqualTo(stored);
        assertThat(onDisk()).containsExactly(digest("a"));
    }

    @Test
    void shouldRemoveWhatIsDamagedOrHasAnotherCard() throws IOException {
        Files.writeString(store("a").directory().resolve(ModelRepository.WEIGHTS), "x");
        Files.delete(store("b").directory().resolve(ModelRepository.CARD));

        assertThat(cache.find("tiny", digest("a"), CARD)).isEmpty();
        assertThat(cache.find("tiny", digest("b"), CARD)).isEmpty();
        store("c");
        assertThat(cache.find("tiny", digest("c"), "{ }".getBytes(UTF_8))).isEmpty();
        assertThat(onDisk()).isEmpty();
    }

    @Test
    void shouldKeepTheVersionsUsedLast() throws IOException {
        store("a");
        store("b");
        clock.advance(Duration.ofSeconds(10));
        assertThat(cache.find("tiny", digest("a"), CARD)).isPresent();

        store("c");

        assertThat(onDisk()).containsExactlyInAnyOrder(digest("a"), digest("c"));
    }
}
