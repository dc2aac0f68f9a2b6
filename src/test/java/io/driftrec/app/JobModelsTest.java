package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.driftrec.message.TrainingJob.StartModel;
import io.driftrec.network.InvalidModelException;
import io.driftrec.registry.ModelCache;
import io.driftrec.registry.ModelRegistry;
import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageException;
import io.driftrec.storage.StorageSettings;
import io.driftrec.training.DisturbedStore;
import io.driftrec.training.StartModels;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the models of this project. */
class JobModelsTest {
    @TempDir
    private Path cache;

    private RoutingStore store;
    private JobModels models;

    @BeforeEach
    void open() {
        ModelSource source = new ModelSource("models");
        store = RoutingStore.open(StorageSettings.allowing(
                List.of(LocationPrefix.parse(Path.of("models").toUri().toString())), List.of()));
        models = new JobModels(source, new ModelRegistry(store, new ModelCache(cache, 2, Clock.systemUTC()), 1 << 30));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void shouldFindAModelByItsNameAndByItsDigest() throws Exception {
        StartModels.Found byName = models.find(new StartModel("small-ouve", Optional.empty()));
        StartModels.Found byDigest = models.find(new StartModel("small-ouve", Optional.of(byName.digest())));

        assertThat(byDigest.digest()).isEqualTo(byName.digest()).hasSize(64);
        assertThat(byDigest.card().name()).isEqualTo("small-ouve");
        byDigest.card().architecture().check(byDigest.weights());
    }

    @Test
    void shouldTellAStoreThatIsOutOfReachFromAModelThatIsNotThere() {
        ModelRegistry away = new ModelRegistry(
                new DisturbedStore(store, Integer.MAX_VALUE), new ModelCache(cache, 2, Clock.systemUTC()), 1 << 30);
        JobModels models = new JobModels(new ModelSource("s3://models/"), away);

        for (Optional<String> digest : List.of(Optional.<String>empty(), Optional.of("00".repeat(32)))) {
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> models.find(new StartModel("small-ouve", digest)));
        }
    }

    @Test
    void shouldRefuseAnotherVersionThanTheOneAskedFor() {
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> models.find(new StartModel("small-ouve", Optional.of("00".repeat(32)))))
                .withMessageContaining("not " + "00".repeat(32));
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> models.find(new StartModel("nobody", Optional.empty())))
                .withMessageContaining("nobody");
    }
}
