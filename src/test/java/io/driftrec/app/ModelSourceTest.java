package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.network.InvalidModelException;
import io.driftrec.network.TinyModel;
import io.driftrec.registry.ModelCache;
import io.driftrec.registry.ModelPublication;
import io.driftrec.registry.ModelRegistry;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSourceTest {
    @TempDir
    private Path directory;

    private RoutingStore store;
    private ModelRegistry registry;
    private Path models;

    @BeforeEach
    void open() {
        models = directory.resolve("models");
        List<LocationPrefix> prefixes = List.of(new ModelSource(models.toString()).prefix());
        store = RoutingStore.open(StorageSettings.allowing(prefixes, prefixes));
        registry = new ModelRegistry(store, new ModelCache(directory.resolve("cache"), 2, Clock.systemUTC()), 1 << 24);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void shouldFindModelsOfADirectoryWhetherPublishedOrNot() throws Exception {
        TinyModel.write(models, "plain", 1);
        Path published = TinyModel.write(directory.resolve("elsewhere"), "published", 2);
        new ModelPublication(store, models.toUri(), event -> CompletableFuture.completedFuture(null), Clock.systemUTC())
                .publish(published);

        for (String text : List.of(models.toString(), models.toUri().toString())) {
            ModelSource source = new ModelSource(text);
            assertThat(source.names(registry, "other")).containsExactly("plain", "published");
            assertThat(source.repository("plain", registry).digest("plain"))
                    .isEqualTo(TinyModel.digest(models.resolve("plain")));
            assertThat(source.repository("published", registry).digest("published"))
                    .isEqualTo(TinyModel.digest(published));
        }
        assertThat(new ModelSource(models.toString())
                        .repository("plain", registry)
                        .directory("plain"))
                .as("what is there is not copied")
                .isEqualTo(models.resolve("plain"));
    }

    @Test
    void shouldNameWhatIsNotThere() {
        ModelSource source = new ModelSource(directory.resolve("nowhere").toString());

        assertThatThrownBy(() -> source.names(registry, "other"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("nowhere is not a folder of models");
    }

    @Test
    void shouldTryTheOneKnownNameOnAWebServer() throws Exception {
        assertThat(new ModelSource("https://models.example.org/").names(registry, "small-ouve"))
                .containsExactly("small-ouve");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://models/", "s3://models", "https://example.org/m", "file:///srv/models"})
    void shouldKnowALocationFromAPath(String text) {
        ModelSource source = new ModelSource(text);

        assertThat(source.isLocation()).isTrue();
        assertThat(source.prefix().toString()).endsWith("/");
        assertThatThrownBy(source::directory).isInstanceOf(CannotStart.class).hasMessageContaining(text);
        assertThat(new ModelSource("/srv/models").isLocation()).isFalse();
        assertThat(new ModelSource("C:\\models").isLocation()).isFalse();
    }
}
