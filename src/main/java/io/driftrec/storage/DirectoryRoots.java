package io.driftrec.storage;

import io.driftrec.storage.StorageException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The directories that may be touched. A path has to lie below a root twice: by its name, so that nothing outside is even looked
 * at, and by its real path, so that no symbolic link leads out. A root may itself be a link.
 */
final class DirectoryRoots {
    private final List<Path> roots;

    DirectoryRoots(List<Path> roots) {
        this.roots = roots.stream()
                .map(root -> root.toAbsolutePath().normalize())
                .distinct()
                .toList();
    }

    /**
     * The real path of something that exists.
     *
     * @throws java.nio.file.NoSuchFileException if it does not
     * @throws StorageException {@link Reason#FORBIDDEN} if it lies outside
     */
    Path existing(URI location, Path path) throws StorageException, IOException {
        checkName(location, path);
        Path real = path.toRealPath();
        checkReal(location, real);
        return real;
    }

    /**
     * Where to write: the real path of the parent, which is created where missing, and the name below it. A link of that name is
     * not followed.
     */
    Path writable(URI location, Path path) throws StorageException, IOException {
        checkName(location, path);
        Path parent = realOrToBe(parentOf(path));
        checkReal(location, parent.resolve(path.getFileName()));
        Files.createDirectories(parent);
        if (!parent.toRealPath().equals(parent)) {
            throw outside(location);
        }
        return parent.resolve(path.getFileName());
    }

    private void checkName(URI location, Path path) throws StorageException {
        if (roots.stream().noneMatch(path::startsWith)) {
            throw new StorageException(Reason.FORBIDDEN, location, "outside the allowed directories");
        }
    }

    private void checkReal(URI location, Path real) throws StorageException, IOException {
        for (Path root : roots) {
            if (real.startsWith(realOrToBe(root))) {
                return;
            }
        }
        throw outside(location);
    }

    /** The real path of what exists of a path, and the rest of it as it is. */
    private static Path realOrToBe(Path path) throws IOException {
        Path existing = path;
        while (!Files.exists(existing)) {
            existing = parentOf(existing);
        }
        return existing.toRealPath().resolve(existing.relativize(path)).normalize();
    }

    private static Path parentOf(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IOException("no parent: " + path);
        }
        return parent;
    }

    private static StorageException outside(URI location) {
        return new StorageException(
                Reason.FORBIDDEN, location, "a symbolic link leads outside the allowed directories");
    }
}
