package io.driftrec.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.ManualClock;
import io.driftrec.message.ModelCodec;
import io.driftrec.message.ModelNews;
import io.driftrec.message.ModelPublished;
import io.driftrec.message.OutgoingEvent;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.ModelRepository;
import io.driftrec.network.TinyModel;
import io.driftrec.storage.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What publication and registry promise each other, whatever the store: what is published is found, and is what was published. */
abstract class ModelPublicationContract {
    private static final long LARGE = 1 << 24;

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final List<OutgoingEvent> announced = new ArrayList<>();

    @BeforeEach
    void forget() {
        announced.clear();
    }

    abstract ObjectStore store();

    /** A folder that is empty before each test; ends with a slash. */
    abstract URI prefix() throws Exception;

    private ModelPublication publication(URI prefix) {
        return new ModelPublication(
                store(),
                prefix,
                event -> {
                    announced.add(event);
                    return CompletableFuture.completedFuture(null);
                },
                clock);
    }

    private ModelRegistry registry() {
        return registry(LARGE);
    }

    private ModelRegistry registry(long maxBytes) {
        return new ModelRegistry(store(), new ModelCache(directory.resolve("cache"), 2, clock), maxBytes);
    }

    private Path model(long seed) throws IOException {
        return TinyModel.write(directory.resolve("models-" + seed), "tiny", seed);
    }

    private static byte[] weights(Path model) throws IOException {
        return Files.readAllBytes(model.resolve(ModelRepository.WEIGHTS));
    }

    @Test
    void shouldFindWhatWasPublished() throws Exception {
        URI prefix = prefix();
        Path model = model(1);

        ModelPublished published = publication(prefix).publish(model);

        assertThat(published.weightsSha256()).isEqualTo(TinyModel.digest(model));
        assertThat(published.location()).isEqualTo(URI.create(prefix + "tiny/" + TinyModel.digest(model) + "/"));
        assertThat(announced).singleElement().satisfies(event -> {
            assertThat(event.key()).isEqualTo("tiny");
            assertThat(new ModelCodec().decode("tiny".getBytes(UTF_8), event.value()))
                    .isEqualTo(new ModelNews.Published(published));
        });
        assertThat(registry().names(prefix)).containsExactly("tiny");
        for (FetchedModel fetched : List.of(
                registry().fetch(published),
                registry().fetch(prefix, "tiny"),
                registry().fetch(prefix, "tiny", published.weightsSha256()))) {
            assertThat(fetched.digest()).isEqualTo(published.weightsSha256());
            assertThat(weights(fetched.directory())).isEqualTo(weights(model));
            assertThat(fetched.repository().card("tiny").name()).isEqualTo("tiny");
        }
    }

    @Test
    void shouldRepeatAPublicationWithoutHarmAndGoBackToAnOlderVersion() throws Exception {
        URI prefix = prefix();
        ModelPublished first = publication(prefix).publish(model(1));
        ModelPublished second = publication(prefix).publish(model(2));
        assertThat(registry().fetch(prefix, "tiny").digest()).isEqualTo(second.weightsSha256());

        ModelPublished again = publication(prefix).publish(model(1));

        assertThat(again).isEqualTo(first);
        assertThat(announced.get(2).id())
                .isEqualTo(announced.get(0).id())
                .isNotEqualTo(announced.get(1).id());
        assertThat(registry().fetch(prefix, "tiny").digest()).isEqualTo(first.weightsSha256());
    }

    @Test
    void shouldLeaveAVersionAsItIsWhenItIsPublishedWithAnotherCard() throws Exception {
        URI prefix = prefix();
        Path model = model(1);
        publication(prefix).publish(model);
        Path card = model.resolve(ModelRepository.CARD);
        Files.writeString(card, Files.readString(card).replace("Random weights.", "Better weights."));

        assertThatThrownBy(() -> publication(prefix).publish(model))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("model.json is there and differs: what is published does not change");
        assertThat(announced).hasSize(1);
    }

    @Test
    void shouldPublishNothingOfAModelThatNobodyCouldLoad() throws Exception {
        URI prefix = prefix();
        Path broken = TinyModel.writeMismatched(directory, "tiny", 1);

        assertThatThrownBy(() -> publication(prefix).publish(broken))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("the architecture wants");
        assertThat(store().list(prefix, 10)).isEmpty();
        assertThat(announced).isEmpty();
    }

    @Test
    void shouldRefuseWeightsThatAreNotThoseAnnounced() throws Exception {
        ModelPublished published = publication(prefix()).publish(model(1));
        byte[] damaged = weights(model(1));
        damaged[damaged.length - 1] ^= 1;
        store().write(RegistryLayout.weights(published.location()), damaged, "application/octet-stream");

        assertThatThrownBy(() -> registry().fetch(published))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("not " + published.weightsSha256() + " as announced")
                .extracting(failure -> ((ModelRefusedException) failure).reason())
                .isEqualTo(ModelRefusal.DIGEST_MISMATCH);
    }

    @Test
    void shouldRefuseWhatIsTooLargeOrMissing() throws Exception {
        URI prefix = prefix();
        ModelPublished published = publication(prefix).publish(model(1));

        assertThatThrownBy(() -> registry(1000).fetch(published))
                .extracting(failure -> ((ModelRefusedException) failure).reason())
                .isEqualTo(ModelRefusal.TOO_LARGE);
        assertThatThrownBy(() -> registry().fetch(prefix, "huge"))
                .extracting(failure -> ((ModelRefusedException) failure).reason())
                .isEqualTo(ModelRefusal.NOT_FOUND);
    }

    @Test
    void shouldReadADirectoryOfModelsThatWasCopiedThereAsItIs() throws Exception {
        URI prefix = prefix();
        Path model = model(1);
        for (String file : List.of(ModelRepository.CARD, ModelRepository.WEIGHTS)) {
            store().write(URI.create(prefix + "tiny/" + file), Files.readAllBytes(model.resolve(file)), "text/plain");
        }

        assertThat(registry().names(prefix)).containsExactly("tiny");
        FetchedModel fetched = registry().fetch(prefix, "tiny");
        assertThat(fetched.digest()).isEqualTo(TinyModel.digest(model));
        assertThat(registry().fetch(prefix, "tiny")).isEqualTo(fetched);
    }
}
