package io.driftrec.training;

import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.StorageException;
import io.driftrec.storage.StorageException.Reason;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Another store, where every location is out of reach for the first accesses of each kind. */
public final class DisturbedStore implements ObjectStore {
    private final ObjectStore store;
    private final int failures;
    private final Map<String, Integer> accesses = new ConcurrentHashMap<>();
    private volatile boolean isCutOff;

    public DisturbedStore(ObjectStore store, int failures) {
        this.store = store;
        this.failures = failures;
    }

    /** From now on nothing is in reach. */
    void cutOff() {
        isCutOff = true;
    }

    private void disturb(String access, URI location) throws StorageException {
        if (accesses.merge(access + " " + location, 1, Integer::sum) <= failures || isCutOff) {
            throw new StorageException(Reason.UNAVAILABLE, location, "as the test says");
        }
    }

    @Override
    public byte[] read(URI location, long maxBytes) throws StorageException {
        disturb("read", location);
        return store.read(location, maxBytes);
    }

    @Override
    public void write(URI location, byte[] content, String contentType) throws StorageException {
        disturb("write", location);
        store.write(location, content, contentType);
    }

    @Override
    public Optional<Long> size(URI location) throws StorageException {
        disturb("size", location);
        return store.size(location);
    }

    @Override
    public List<URI> list(URI prefix, int limit) throws StorageException {
        disturb("list", prefix);
        return store.list(prefix, limit);
    }

    @Override
    public void close() {}
}
