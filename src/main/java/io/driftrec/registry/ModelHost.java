package io.driftrec.registry;

import io.driftrec.network.DeviceOutOfMemoryException;
import io.driftrec.network.InvalidModelException;
import java.io.IOException;

/** Who serves models, as {@link ModelUpdates} needs to know it. */
public interface ModelHost {
    /** Whether announcements of this model are for this host. */
    boolean follows(String name);

    /** Whether new requests already take this version. */
    boolean isCurrent(String name, String digest);

    /**
     * Makes a version current that is still loaded.
     *
     * @return whether there is such a version
     */
    boolean resume(String name, String digest);

    /**
     * Loads a version beside those that are served, and makes it current.
     *
     * @throws InvalidModelException when it is damaged or of no use
     * @throws DeviceOutOfMemoryException when there is no room for it
     * @throws IOException when the local disk cannot be read
     * @throws InterruptedException when the host stops
     */
    void install(FetchedModel model) throws IOException, InterruptedException;
}
