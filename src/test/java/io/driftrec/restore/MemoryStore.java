package io.driftrec.restore;

import io.driftrec.storage.ObjectStore;
import io.driftrec.storage.StorageException;
import io.driftrec.storage.StorageException.Reason;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Objects in memory, which fail to be read or written as a test says. */
public final class MemoryStore implements ObjectStore {
    private final Map<URI, byte[]> objects = new ConcurrentHashMap<>();
    private final Map<URI, String> contentTypes = new ConcurrentHashMap<>();
    private final Deque<Reason> readFailures = new ArrayDeque<>();
    private final Deque<Reason> writeFailures = new ArrayDeque<>();
    private volatile Runnable beforeRead = () -> {};
    private volatile Runnable beforeWrite = () -> {};

    public void put(URI location, byte[] content) {
        objects.put(location, content);
    }

    Optional<byte[]> object(URI location) {
        return Optional.ofNullable(objects.get(location));
    }

    String contentType(URI location) {
        return contentTypes.get(location);
    }

    /** What there is besides sources that a test put there. */
    Map<URI, String> written() {
        return contentTypes;
    }

    synchronized void failReads(Reason... reasons) {
        readFailures.addAll(List.of(reasons));
    }

    synchronized void failWrites(Reason... reasons) {
        writeFailures.addAll(List.of(reasons));
    }

    /** Runs before each read, and may throw what no store should. */
    public void beforeRead(Runnable interference) {
        beforeRead = interference;
    }

    /** Runs before each write. */
    void beforeWrite(Runnable interference) {
        beforeWrite = interference;
    }

    @Override
    public byte[] read(URI location, long maxBytes) throws StorageException {
        beforeRead.run();
        failAsTold(location, readFailures);
        byte[] content = objects.get(location);
        if (content == null) {
            throw new StorageException(Reason.NOT_FOUND, location, "no such object");
        }
        if (content.length > maxBytes) {
            throw new StorageException(Reason.TOO_LARGE, location, "more than " + maxBytes + " bytes");
        }
        return content;
    }

    @Override
    public void write(URI location, byte[] content, String contentType) throws StorageException {
        beforeWrite.run();
        failAsTold(location, writeFailures);
        objects.put(location, content);
        contentTypes.put(location, contentType);
    }

    private synchronized void failAsTold(URI location, Deque<Reason> failures) throws StorageException {
        Reason reason = failures.poll();
        if (reason != null) {
            throw new StorageException(reason, location, "as the test says");
        }
    }

    @Override
    public Optional<Long> size(URI location) {
        return object(location).map(content -> (long) content.length);
    }

    @Override
    public List<URI> list(URI prefix, int limit) {
        throw new UnsupportedOperationException("restorations list nothing");
    }

    @Override
    public void close() {}
}
