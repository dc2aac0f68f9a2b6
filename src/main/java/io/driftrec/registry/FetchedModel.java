package io.driftrec.registry;

import io.driftrec.network.ModelRepository;
import java.nio.file.Path;

/**
 * A version of a model on the local disk, whole and as announced.
 *
 * @param name of the model, as the announcement or the prefix says; whether the card agrees is found when it is loaded
 * @param digest SHA-256 of the weights
 * @param directory of the model
 */
public record FetchedModel(String name, String digest, Path directory) {
    /** A repository that has this one version, by its name. */
    public ModelRepository repository() {
        return new ModelRepository(directory.resolveSibling(".").normalize());
    }
}
