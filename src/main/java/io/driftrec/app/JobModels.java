package io.driftrec.app;

import io.driftrec.message.TrainingJob.StartModel;
import io.driftrec.network.InvalidModelException;
import io.driftrec.network.ModelRepository;
import io.driftrec.registry.ModelRefusedException;
import io.driftrec.registry.ModelRegistry;
import io.driftrec.storage.StorageException;
import io.driftrec.training.StartModels;
import java.io.IOException;
import java.util.Optional;

/** The models that jobs can start from: those that a worker with the same {@code --models} could serve. */
final class JobModels implements StartModels {
    private final ModelSource source;
    private final ModelRegistry registry;

    JobModels(ModelSource source, ModelRegistry registry) {
        this.source = source;
        this.registry = registry;
    }

    @Override
    public Found find(StartModel wanted) throws IOException, StorageException {
        ModelRepository repository = repository(wanted.name(), wanted.digest());
        String digest = repository.digest(wanted.name());
        if (wanted.digest().isPresent() && !wanted.digest().get().equals(digest)) {
            throw new InvalidModelException("%s in %s has the SHA-256 %s, not %s"
                    .formatted(wanted.name(), source, digest, wanted.digest().get()));
        }
        return new Found(repository.card(wanted.name()), digest, repository.weights(wanted.name()));
    }

    /** An older version is in what models were published to; a plain folder has only one. */
    private ModelRepository repository(String name, Optional<String> digest) throws IOException, StorageException {
        if (digest.isPresent()) {
            try {
                return registry.fetch(source.location(), name, digest.get()).repository();
            } catch (ModelRefusedException notThere) {
                return source.fetch(name, registry);
            }
        }
        return source.fetch(name, registry);
    }
}
