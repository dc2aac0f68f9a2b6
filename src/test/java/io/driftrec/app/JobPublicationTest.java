package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.driftrec.network.InvalidModelException;
import io.driftrec.registry.ModelCache;
import io.driftrec.registry.ModelPublication;
import io.driftrec.registry.ModelRegistry;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageException;
import io.driftrec.training.DisturbedStore;
import io.driftrec.training.Photographs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobPublicationTest {
    @TempDir
    private Path folder;

    private JobPublication publication(ObjectStore store) {
        URI prefix = folder.resolve("published/").toUri();
        Clock clock = Clock.systemUTC();
        ModelPublication publication =
                new ModelPublication(store, prefix, event -> CompletableFuture.completedStage(null), clock);
        ModelRegistry registry = new ModelRegistry(store, new ModelCache(folder.resolve("cache"), 2, clock), 1 << 30);
        return new JobPublication(publication, registry, prefix);
    }

    @Test
    void shouldTellAStoreThatIsOutOfReachFromAModelThatIsRefused() {
        try (RoutingStore store = Photographs.store(folder)) {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> publication(new DisturbedStore(store, Integer.MAX_VALUE))
                            .publish(Path.of("models", "small-ouve")));
            assertThatExceptionOfType(InvalidModelException.class)
                    .isThrownBy(() -> publication(store).publish(Path.of("models", "nobody")));
        }
    }
}
