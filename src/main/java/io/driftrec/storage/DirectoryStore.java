package io.driftrec.storage;

import io.driftrec.storage.StorageException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Objects as files below allowed directories ({@code file:///...}).
 *
 * <p>A write goes to a temporary file in the same directory, is forced to the disk, and is moved onto its name in one step, so a
 * reader and a crash see the former object or the new one. A killed process may leave a temporary file {@code .driftrec-*.tmp}
 * behind: it is never listed, cannot be read or written as an object, and may be deleted at any time after.
 *
 * <p>Symbolic links are followed only within the allowed directories. The check and the use are two steps: a local user who may
 * rename directories there while the store works is trusted.
 *
 * <p>Failure modes: {@code FORBIDDEN} outside the directories, without permission, for something that is no regular file, and
 * where a directory or file of that name is in the way; {@code UNAVAILABLE} for every other error of the file system, such as a
 * full disk.
 */
final class DirectoryStore implements ObjectStore {
    private static final String TEMPORARY_START = ".driftrec-";
    private static final String TEMPORARY_END = ".tmp";
    private static final int LONGEST_NAME_BYTES = 255;
    private static final int LONGEST_PATH_BYTES = 4000;

    private final DirectoryRoots readable;
    private final DirectoryRoots writable;
    private final DirectoryRoots known;

    DirectoryStore(List<Path> readable, List<Path> writable) {
        this.readable = new DirectoryRoots(readable);
        this.writable = new DirectoryRoots(writable);
        this.known = new DirectoryRoots(
                Stream.concat(readable.stream(), writable.stream()).toList());
    }

    static boolean isTemporary(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.startsWith(TEMPORARY_START) && name.endsWith(TEMPORARY_END);
    }

    @Override
    public byte[] read(URI location, long maxBytes) throws StorageException {
        Path path = object(location);
        try {
            Path file = regularFile(readable, location, path);
            try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return CappedBody.read(content, maxBytes).orElseThrow(() -> CappedBody.tooLarge(location, maxBytes));
            }
        } catch (IOException e) {
            throw failure(location, path, e);
        }
    }

    @Override
    public void write(URI location, byte[] content, String contentType) throws StorageException {
        Path path = object(location);
        checkLengths(location);
        try {
            Path file = writable.writable(location, path);
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new StorageException(Reason.FORBIDDEN, location, "a directory of that name exists");
            }
            replace(file, content);
        } catch (FileAlreadyExistsException e) {
            throw new StorageException(Reason.FORBIDDEN, location, "a parent exists and is not a directory", e);
        } catch (AccessDeniedException e) {
            throw new StorageException(Reason.FORBIDDEN, location, "the file system denies access", e);
        } catch (IOException e) {
            throw new StorageException(Reason.UNAVAILABLE, location, "cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Long> size(URI location) throws StorageException {
        Path path = object(location);
        try {
            return Optional.of(Files.size(regularFile(known, location, path)));
        } catch (IOException e) {
            StorageException failure = failure(location, path, e);
            if (failure.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        } catch (StorageException e) {
            if (e.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<URI> list(URI prefix, int limit) throws StorageException {
        Location location = fileLocation(prefix);
        String folder = location.path().substring(0, location.path().lastIndexOf('/') + 1);
        String start = location.path().substring(folder.length());
        Path directory = Path.of(new Location(location.scheme(), "", folder, Optional.empty()).toUri());
        try {
            Path real = readable.existing(prefix, directory);
            return Files.isDirectory(real) ? new DirectoryListing(readable, limit).below(directory, start) : List.of();
        } catch (IOException e) {
            StorageException failure = failure(prefix, directory, e);
            if (failure.reason() == Reason.NOT_FOUND) {
                return List.of();
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        // holds nothing open
    }

    private static Location fileLocation(URI uri) throws StorageException {
        Location location = Location.parse(uri);
        if (!location.scheme().equals("file")) {
            throw new StorageException(Reason.FORBIDDEN, uri, "not a file location");
        }
        return location;
    }

    private static Path object(URI uri) throws StorageException {
        Location location = fileLocation(uri);
        if (location.isFolder()) {
            throw new StorageException(Reason.FORBIDDEN, uri, "names a folder, not an object");
        }
        Path path = Path.of(location.toUri());
        if (isTemporary(path)) {
            throw new StorageException(Reason.FORBIDDEN, uri, "names a temporary file of the store");
        }
        return path;
    }

    private static Path regularFile(DirectoryRoots roots, URI location, Path path)
            throws StorageException, IOException {
        Path file = roots.existing(location, path);
        if (Files.isDirectory(file)) {
            throw new StorageException(Reason.NOT_FOUND, location, "a directory, not an object");
        }
        if (!Files.isRegularFile(file)) {
            // a pipe would block the reader, a device would never end
            throw new StorageException(Reason.FORBIDDEN, location, "not a regular file");
        }
        return file;
    }

    private static void checkLengths(URI uri) throws StorageException {
        String path = Location.parse(uri).path();
        boolean isTooLong = path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH_BYTES;
        for (String segment : path.split("/")) {
            isTooLong |= segment.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME_BYTES;
        }
        if (isTooLong) {
            throw new StorageException(Reason.FORBIDDEN, uri, "the name is too long for a file system");
        }
    }

    private static void replace(Path file, byte[] content) throws IOException {
        // Not Files.createTempFile: that makes files which only their owner may read.
        Path temporary = file.resolveSibling(TEMPORARY_START + UUID.randomUUID() + TEMPORARY_END);
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceDirectory(file.resolveSibling("."));
    }

    /** Makes the new name itself durable, where the platform lets a directory be opened. */
    private static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot; the object is complete either way, only its name may be lost with the power.
        }
    }

    private static StorageException failure(URI location, Path path, IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return new StorageException(Reason.FORBIDDEN, location, "the file system denies access", cause);
        }
        // A file in the place of a parent directory has no exception of its own.
        boolean isMissing =
                cause instanceof NoSuchFileException || cause instanceof FileSystemException && !Files.exists(path);
        return isMissing
                ? new StorageException(Reason.NOT_FOUND, location, "no such file", cause)
                : new StorageException(Reason.UNAVAILABLE, location, "cannot be read: " + cause.getMessage(), cause);
    }
}
