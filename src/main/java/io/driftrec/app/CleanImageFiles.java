package io.driftrec.app;

import io.driftrec.evaluation.protocol.CleanImage;
import io.driftrec.evaluation.protocol.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The clean images of an evaluation, with what they show. */
final class CleanImageFiles {
    private final List<Path> inputs;

    /** @param inputs folders and files, as the command line names them */
    CleanImageFiles(List<Path> inputs) {
        this.inputs = List.copyOf(inputs);
    }

    /**
     * Finds the images, by name.
     *
     * @param kept where restored images are, which are no clean ones
     * @param limit how many at most
     * @throws IOException when a file can't be read
     * @throws CannotStart when there is none
     */
    List<CleanImage> read(Path kept, Labels labels, int limit) throws IOException {
        List<CleanImage> images = new ArrayList<>();
        for (Map.Entry<Path, String> file : new TreeMap<>(InputFiles.find(inputs, kept)).entrySet()) {
            if (images.size() < limit) {
                Path path = file.getKey();
                images.add(CleanImage.read(file.getValue(), path, labels.of(fromFolder(path))));
            }
        }
        if (images.isEmpty()) {
            throw new CannotStart(inputs + ": no images (" + ImageNames.EXTENSIONS + ") there");
        }
        return images;
    }

    private Path fromFolder(Path file) {
        return inputs.stream()
                .map(input -> input.toAbsolutePath().normalize())
                .filter(input -> file.startsWith(input) && !file.equals(input))
                .findFirst()
                .map(input -> input.relativize(file))
                .orElse(file.getFileName());
    }
}
