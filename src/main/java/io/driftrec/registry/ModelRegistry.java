package io.driftrec.registry;

import io.driftrec.message.ModelCodec;
import io.driftrec.message.ModelNews;
import io.driftrec.message.ModelPublished;
import io.driftrec.network.FileDigest;
import io.driftrec.network.ModelRepository;
import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.StorageException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds models below a prefix of an object store and brings them to the local disk: size-capped, compared with the digests that
 * were announced, and visible only when whole. What the worker may read at all is the store's to decide.
 *
 * <p>Safe for use by several threads.
 *
 * <h2>Failure modes</h2>
 *
 * <p>What will not get better is a {@link ModelRefusedException}; a store that does not answer is a {@link StorageException} whose
 * reason is {@code UNAVAILABLE}; a local disk that cannot be written is an {@link IOException}.
 */
public final class ModelRegistry {
    /** Versions and pointers that are looked at below a prefix. */
    private static final int MOST_OBJECTS = 100_000;

    private static final Pattern NAME = Pattern.compile("([a-z0-9][a-z0-9._-]{0,63})/(?:published|model)\\.json");

    private final ObjectStore store;
    private final ModelCache cache;
    private final long maxWeightsBytes;
    private final ModelCodec codec = new ModelCodec();

    /** @param maxWeightsBytes a larger weights file is refused while it is read */
    public ModelRegistry(ObjectStore store, ModelCache cache, long maxWeightsBytes) {
        if (maxWeightsBytes < 1) {
            throw new IllegalArgumentException("the largest model: " + maxWeightsBytes + " bytes is not at least 1");
        }
        this.store = store;
        this.cache = cache;
        this.maxWeightsBytes = maxWeightsBytes;
    }

    /** The names of the models below a prefix, sorted. A web server, which has no listing, refuses: {@code FORBIDDEN}. */
    public List<String> names(URI prefix) throws StorageException {
        URI folder = RegistryLayout.below(prefix).prefix();
        TreeSet<String> names = new TreeSet<>();
        for (URI object : store.list(folder, MOST_OBJECTS)) {
            String below = object.getPath().substring(folder.getPath().length());
            Matcher model = NAME.matcher(below);
            if (model.matches()) {
                names.add(model.group(1));
            }
        }
        return List.copyOf(names);
    }

    /** Fetches the version that was announced. */
    public FetchedModel fetch(ModelPublished model) throws StorageException, IOException, ModelRefusedException {
        return fetch(
                model.location(), model.name(), Optional.of(model.cardSha256()), Optional.of(model.weightsSha256()));
    }

    /** Fetches the version of a model that is in force below a prefix, or the model that was copied there without versions. */
    public FetchedModel fetch(URI prefix, String name) throws StorageException, IOException, ModelRefusedException {
        RegistryLayout layout = RegistryLayout.below(prefix);
        URI pointer = layout.pointer(name);
        byte[] body;
        try {
            body = store.read(pointer, ModelRepository.MAX_CARD_BYTES);
        } catch (StorageException failure) {
            if (failure.reason() == StorageException.Reason.NOT_FOUND) {
                return fetch(layout.unversioned(name), name, Optional.empty(), Optional.empty());
            }
            throw settled(failure);
        }
        if (codec.decode(body) instanceof ModelNews.Published published
                && published.model().name().equals(name)) {
            ModelPublished model = published.model();
            // not model.location(): the same objects may be read here by another protocol than they were written by
            URI version = layout.version(name, model.weightsSha256());
            return fetch(version, name, Optional.of(model.cardSha256()), Optional.of(model.weightsSha256()));
        }
        throw new ModelRefusedException(ModelRefusal.UNREADABLE, pointer + " does not name a version of " + name);
    }

    /** Fetches one version of a model below a prefix. */
    public FetchedModel fetch(URI prefix, String name, String digest)
            throws StorageException, IOException, ModelRefusedException {
        URI version = RegistryLayout.below(prefix).version(name, digest);
        return fetch(version, name, Optional.empty(), Optional.of(digest));
    }

    private FetchedModel fetch(URI folder, String name, Optional<String> cardSha256, Optional<String> weightsSha256)
            throws StorageException, IOException, ModelRefusedException {
        byte[] card = read(RegistryLayout.card(folder), ModelRepository.MAX_CARD_BYTES);
        check(RegistryLayout.card(folder), card, cardSha256);
        if (weightsSha256.isPresent()) {
            Optional<FetchedModel> cached = cache.find(name, weightsSha256.get(), card);
            if (cached.isPresent()) {
                return cached.get();
            }
        }
        byte[] weights = read(RegistryLayout.weights(folder), maxWeightsBytes);
        String digest = check(RegistryLayout.weights(folder), weights, weightsSha256);
        Optional<FetchedModel> same = weightsSha256.isPresent() ? Optional.empty() : cache.find(name, digest, card);
        return same.isPresent() ? same.get() : cache.store(name, digest, card, weights);
    }

    private byte[] read(URI location, long maxBytes) throws StorageException, ModelRefusedException {
        try {
            return store.read(location, maxBytes);
        } catch (StorageException failure) {
            throw settled(failure);
        }
    }

    private static String check(URI location, byte[] content, Optional<String> announced) throws ModelRefusedException {
        String digest = FileDigest.of(content);
        if (announced.isPresent() && !announced.get().equals(digest)) {
            throw new ModelRefusedException(
                    ModelRefusal.DIGEST_MISMATCH,
                    "%s has the SHA-256 %s, not %s as announced".formatted(location, digest, announced.get()));
        }
        return digest;
    }

    /** Passes on a failure that may pass; any other is a refusal. */
    private static StorageException settled(StorageException failure) throws ModelRefusedException {
        ModelRefusal reason =
                switch (failure.reason()) {
                    case UNAVAILABLE -> null;
                    case FORBIDDEN -> ModelRefusal.FORBIDDEN;
                    case NOT_FOUND -> ModelRefusal.NOT_FOUND;
                    case TOO_LARGE -> ModelRefusal.TOO_LARGE;
                };
        if (reason != null) {
            throw new ModelRefusedException(reason, failure);
        }
        return failure;
    }
}
