package io.driftrec.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The images that a command line names: files as they are, folders with what looks like an image in them. */
final class InputFiles {
    private InputFiles() {}

    /**
     * @param out where results go; what lies there is not restored again when it is in one of the folders
     * @return absolute file to the name of its result without extension: the file's own, and for a file in a folder its path from
     *     there
     * @throws CannotStart when a path is not there, or two results would have one name
     */
    static Map<Path, String> find(List<Path> paths, Path out) {
        Map<Path, String> results = new LinkedHashMap<>();
        Map<String, Path> owners = new LinkedHashMap<>();
        for (Path named : paths) {
            Path path = named.toAbsolutePath().normalize();
            for (Path file : files(path)) {
                if (isEarlierResult(file, path, out.toAbsolutePath().normalize())) {
                    continue;
                }
                Path relative = Files.isDirectory(path) ? path.relativize(file) : file.getFileName();
                String name = withoutExtension(relative);
                Path other = owners.putIfAbsent(name, file);
                if (other != null && !other.equals(file)) {
                    throw new CannotStart(file + " and " + other + " would have the same result name '" + name
                            + "'; restore them separately");
                }
                results.put(file, name);
            }
        }
        return results;
    }

    private static boolean isEarlierResult(Path file, Path input, Path out) {
        return out.startsWith(input) && !out.equals(input) && file.startsWith(out);
    }

    private static List<Path> files(Path path) {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw new CannotStart(path + ": no such file or folder");
        }
        try (Stream<Path> walk = Files.walk(path)) {
            List<Path> found = walk.filter(Files::isRegularFile).sorted().toList();
            found.stream()
                    .filter(file -> ImageNames.isOtherImage(name(file)))
                    .findFirst()
                    .ifPresent(first -> System.err.println("driftrec: " + first + " and other files that are none of "
                            + ImageNames.EXTENSIONS + " are left out: convert them, to PNG for example"));
            return found.stream().filter(file -> ImageNames.isImage(name(file))).toList();
        } catch (IOException | UncheckedIOException unreadable) {
            throw new CannotStart("cannot read all of " + path + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String withoutExtension(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? file.resolveSibling(name.substring(0, dot)).toString() : file.toString();
    }
}
