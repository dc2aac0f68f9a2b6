package io.driftrec.storage;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Objects by location. Implementations are thread-safe and blocking.
 *
 * <p>Failure modes: every method throws {@link StorageException}, whose {@link StorageException.Reason} says whether the
 * location is refused, missing, too large or temporarily out of reach.
 */
public interface ObjectStore extends AutoCloseable {
    /**
     * Reads a whole object.
     *
     * @param maxBytes a larger object is refused while reading, before it is held in memory whole
     */
    byte[] read(URI location, long maxBytes) throws StorageException;

    /**
     * Writes an object whole or not at all: a reader sees the former object or the new one. Writing the same bytes again is no
     * error.
     */
    void write(URI location, byte[] content, String contentType) throws StorageException;

    /** The object's size in bytes, or empty where there is none. */
    Optional<Long> size(URI location) throws StorageException;

    /**
     * The locations of the objects whose names start with the prefix, at most {@code limit}, in the lexicographic order of their
     * UTF-8 names. Place-holders of folders (S3 keys that end with {@code /}) are no objects.
     */
    List<URI> list(URI prefix, int limit) throws StorageException;

    @Override
    void close();
}
