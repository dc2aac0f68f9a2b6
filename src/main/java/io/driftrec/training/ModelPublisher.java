package io.driftrec.training;

import io.driftrec.storage.StorageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Brings a trained model to where workers find it. */
@FunctionalInterface
public interface ModelPublisher {
    /**
     * A version of a model that workers can fetch.
     *
     * @param weightsSha256 the version
     * @param location its folder
     */
    record Published(String weightsSha256, URI location) {}

    /**
     * Publishes a model; the same one again changes nothing.
     *
     * @param modelDirectory card and weights; has the model's name
     * @throws StorageException when the store could not be read or written
     * @throws IOException when it could not be published for another reason
     */
    Published publish(Path modelDirectory) throws IOException, StorageException;
}
