package io.driftrec.app;

import io.driftrec.message.ModelPublished;
import io.driftrec.network.ModelRepository;
import io.driftrec.registry.ModelPublication;
import io.driftrec.registry.ModelRefusedException;
import io.driftrec.registry.ModelRegistry;
import io.driftrec.storage.StorageException;
import io.driftrec.training.ModelPublisher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Publishes what jobs made. Where the version is there already (a trainer was killed right after it had published), it is
 * announced again as it is there, with the card of then.
 */
final class JobPublication implements ModelPublisher {
    private final ModelPublication publication;
    private final ModelRegistry registry;
    private final URI prefix;

    /** @param prefix that {@code publication} publishes below */
    JobPublication(ModelPublication publication, ModelRegistry registry, URI prefix) {
        this.publication = publication;
        this.registry = registry;
        this.prefix = prefix;
    }

    @Override
    public Published publish(Path modelDirectory) throws IOException, StorageException {
        ModelPublished model = publication.publish(asPublished(modelDirectory));
        return new Published(model.weightsSha256(), model.location());
    }

    private Path asPublished(Path modelDirectory) throws IOException, StorageException {
        String name = String.valueOf(modelDirectory.getFileName());
        String digest = new ModelRepository(modelDirectory.resolveSibling(".").normalize()).digest(name);
        try {
            return registry.fetch(prefix, name, digest).directory();
        } catch (ModelRefusedException notThere) {
            return modelDirectory;
        }
    }
}
