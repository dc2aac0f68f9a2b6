package io.driftrec.registry;

import io.driftrec.message.MessageCodec;
import io.driftrec.message.ModelCodec;
import io.driftrec.message.ModelPublished;
import io.driftrec.message.OutgoingEvents;
import io.driftrec.network.FileDigest;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.ModelCard;
import io.driftrec.network.ModelRepository;
import io.driftrec.network.Safetensors;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Publishes versions of models: the weights first, then the card, both under the digest of the weights, then the pointer to the
 * version in force, then the announcement. So whoever hears of a version, or finds its card, finds it whole; whoever is interrupted
 * publishes again, which repeats no upload. Publishing a version that is not the newest goes back to it.
 *
 * <p>Safe for use by several threads; of two that publish versions of one model at once, the later announcement counts.
 *
 * <h2>Failure modes</h2>
 *
 * <ul>
 *   <li>A model that no worker could load is refused before anything is written ({@link InvalidModelException}).
 *   <li>A version that is there with another card or another size is left as it is ({@link InvalidModelException}): versions do
 *       not change.
 *   <li>A store that does not answer, or refuses: {@link StorageException}. Nothing was announced; try again.
 *   <li>An announcement that is not acknowledged: {@link IOException}. The version is there; try again.
 * </ul>
 */
public final class ModelPublication {
    private static final URI EVENT_SOURCE = URI.create("urn:driftrec:models");
    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";

    private final ObjectStore store;
    private final RegistryLayout layout;
    private final ModelAnnouncer announcer;
    private final Clock clock;
    private final ModelCodec codec = new ModelCodec();
    private final OutgoingEvents events = new OutgoingEvents(new MessageCodec(), EVENT_SOURCE);

    /**
     * @param store may read, write and ask for the size of what is below the prefix
     * @param prefix of all models, such as {@code s3://models/}
     */
    public ModelPublication(ObjectStore store, URI prefix, ModelAnnouncer announcer, Clock clock) {
        this.store = store;
        this.layout = RegistryLayout.below(prefix);
        this.announcer = announcer;
        this.clock = clock;
    }

    /**
     * Publishes the model in a directory, which has the model's name; returns when the announcement is acknowledged.
     *
     * @throws InvalidModelException when there is no such model, it is damaged, or its version is there with other content
     * @throws StorageException when the store could not be read or written
     * @throws IOException when the directory cannot be read, or the announcement was not acknowledged
     */
    public ModelPublished publish(Path modelDirectory) throws IOException, StorageException {
        Path directory = modelDirectory.toAbsolutePath().normalize();
        Path parent = directory.getParent();
        if (parent == null) {
            throw new InvalidModelException(modelDirectory + " is not the folder of a model");
        }
        ModelCard card = new ModelRepository(parent).card(String.valueOf(directory.getFileName()));
        byte[] cardFile = Files.readAllBytes(directory.resolve(ModelRepository.CARD));
        Path weightsFile = directory.resolve(ModelRepository.WEIGHTS);
        if (!Files.isRegularFile(weightsFile)) {
            throw new InvalidModelException(weightsFile + " is missing");
        }
        byte[] weights = Files.readAllBytes(weightsFile);
        try {
            card.architecture().check(Safetensors.read(new ByteArrayInputStream(weights)));
        } catch (InvalidModelException e) {
            throw new InvalidModelException("%s: %s".formatted(weightsFile, e.getMessage()), e);
        }

        ModelPublished model = describe(card, cardFile, weights);
        createWeights(RegistryLayout.weights(model.location()), weights);
        createCard(RegistryLayout.card(model.location()), cardFile);
        store.write(layout.pointer(card.name()), codec.encode(model), JSON);
        announce(model);
        return model;
    }

    private ModelPublished describe(ModelCard card, byte[] cardFile, byte[] weights) {
        String digest = FileDigest.of(weights);
        return new ModelPublished(
                card.name(),
                digest,
                FileDigest.of(cardFile),
                layout.version(card.name(), digest),
                card.process().name(),
                card.architecture().parameterCount(),
                clock.instant());
    }

    /** The name holds the digest of the content, so of what is there only the size is compared: an upload is whole or not there. */
    private void createWeights(URI location, byte[] weights) throws StorageException {
        Optional<Long> size = store.size(location);
        if (size.isEmpty()) {
            store.write(location, weights, BYTES);
        } else if (size.get() != weights.length) {
            throw new InvalidModelException("%s is there with %d bytes, not %d: what is published does not change"
                    .formatted(location, size.get(), weights.length));
        }
    }

    private void createCard(URI location, byte[] card) throws StorageException {
        if (store.size(location).isEmpty()) {
            store.write(location, card, JSON);
        } else if (!Arrays.equals(store.read(location, ModelRepository.MAX_CARD_BYTES), card)) {
            throw new InvalidModelException(
                    ("%s is there and differs: what is published does not change; publish with the card that "
                                    + "is there, or under another name")
                            .formatted(location));
        }
    }

    private void announce(ModelPublished model) throws IOException {
        try {
            announcer
                    .announce(events.modelPublished(model))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException refused) {
            throw new IOException(
                    "%s is in the store, but was not announced: %s".formatted(model.location(), refused.getCause()),
                    refused);
        }
    }
}
