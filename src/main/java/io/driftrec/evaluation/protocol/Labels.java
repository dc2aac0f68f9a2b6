package io.driftrec.evaluation.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What images show, from a CSV file with a line {@code file,index,name} per image: the file's path from the folder of images or its
 * mere name, the index of its class, and the name of the class, which is not read. A first line without a number is a header.
 */
public final class Labels {
    private static final Pattern LINE = Pattern.compile("(?:\"([^\"]+)\"|([^\",]+)),\\s*(\\d{1,7})\\s*(?:,.*)?");

    private final Map<String, Integer> byFile;

    private Labels(Map<String, Integer> byFile) {
        this.byFile = Map.copyOf(byFile);
    }

    /** For evaluations without a classifier. */
    public static Labels none() {
        return new Labels(Map.of());
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it can't be read
     * @throws IllegalArgumentException when there is no such file, or naming the line that is none of labels
     */
    public static Labels read(Path csv) throws IOException {
        if (!Files.isRegularFile(csv)) {
            throw new IllegalArgumentException(csv + ": no such file of labels");
        }
        List<String> lines =
                Files.readString(csv).replaceFirst("^\\uFEFF", "").lines().toList();
        Map<String, Integer> labels = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher line = LINE.matcher(lines.get(i));
            if (line.matches()) {
                String file = line.group(1) != null ? line.group(1) : line.group(2);
                labels.put(file, Integer.valueOf(line.group(3)));
            } else if (i > 0 && !lines.get(i).isBlank()) {
                throw new IllegalArgumentException(
                        csv + ", line " + (i + 1) + ": must be file,index,name and is '" + lines.get(i) + "'");
            }
        }
        if (labels.isEmpty()) {
            throw new IllegalArgumentException(csv + ": no line of it is file,index,name");
        }
        return new Labels(labels);
    }

    /** The class of a file, by its path from the folder or by its name. */
    public OptionalInt of(Path fromFolder) {
        String path = fromFolder.toString().replace('\\', '/');
        Integer index = byFile.getOrDefault(path, byFile.get(String.valueOf(fromFolder.getFileName())));
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }
}
