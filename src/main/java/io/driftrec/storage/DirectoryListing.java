package io.driftrec.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The objects below a directory in the order of their names, as an object store would list them: a directory sorts as its name
 * with a slash, and names compare by their UTF-8 bytes. Only the directories on the way are read; it stops at the limit.
 *
 * <p>Linked directories are not entered (they could lead round in circles); linked files are listed where they may be read. Names
 * that no location can express, such as those that are not UTF-8, are left out.
 */
final class DirectoryListing {
    private final DirectoryRoots roots;
    private final int limit;
    private final List<URI> found = new ArrayList<>();

    DirectoryListing(DirectoryRoots roots, int limit) {
        this.roots = roots;
        this.limit = limit;
    }

    /** Lists what lies below the directory and whose name, relative to it, begins with the given start. */
    List<URI> below(Path directory, String start) throws IOException {
        collect(directory, start);
        return List.copyOf(found);
    }

    private void collect(Path directory, String start) throws IOException {
        for (Entry entry : entries(directory)) {
            if (found.size() >= limit) {
                return;
            }
            if (!entry.name().startsWith(start)) {
                continue;
            }
            if (entry.isDirectory()) {
                collect(entry.path(), "");
            } else if (isReadable(entry)) {
                found.add(entry.location().toUri());
            }
        }
    }

    private List<Entry> entries(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                if (!DirectoryStore.isTemporary(child)) {
                    Entry.of(child).ifPresent(entries::add);
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::sortKey, Arrays::compareUnsigned));
        return entries;
    }

    private boolean isReadable(Entry entry) {
        try {
            return Files.isRegularFile(roots.existing(entry.location().toUri(), entry.path()));
        } catch (StorageException | IOException e) {
            return false; // a link that leads out or nowhere, or a file that is gone by now
        }
    }

    private record Entry(Path path, Location location, String name, boolean isDirectory) {
        static Optional<Entry> of(Path path) {
            boolean isDirectory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
            try {
                // By way of the URI, whose bytes are those of the file system whatever the locale of the process.
                Location location = Location.parse(path.toUri());
                String whole = location.isFolder()
                        ? location.path().substring(0, location.path().length() - 1)
                        : location.path();
                String name = whole.substring(whole.lastIndexOf('/') + 1);
                return Optional.of(new Entry(path, location, name, isDirectory));
            } catch (StorageException e) {
                return Optional.empty();
            }
        }

        byte[] sortKey() {
            return (isDirectory ? name + "/" : name).getBytes(StandardCharsets.UTF_8);
        }
    }
}
