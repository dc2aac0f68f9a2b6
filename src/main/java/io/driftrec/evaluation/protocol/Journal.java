package io.driftrec.evaluation.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The outcomes of an evaluation in a file of JSON lines, to which each is appended as it comes: what is in it is not done again.
 * Of two outcomes of one cell the later one counts.
 *
 * <p>The settings that decide results are written down too. A setting that has another value now is refused where something was
 * measured with the one before; one that is new, such as a further method, is added. One that is named by {@link
 * #ofMethod} decides the cells of that method, any other all cells.
 *
 * <p>A line that was cut short when the process was killed is dropped. One process at a time: the file is locked.
 */
public final class Journal implements AutoCloseable {
    private static final String OF_METHOD = "method ";

    private final FileChannel file;
    private final Map<CellKey, Cell> cells = new LinkedHashMap<>();
    private final Map<String, String> settings = new TreeMap<>();

    private Journal(FileChannel file) {
        this.file = file;
    }

    /**
     * Opens a journal, or begins one.
     *
     * @param settings whatever decides the value of a cell, by name; see above
     * @throws IllegalArgumentException when the file was written with other settings; the message names the first
     * @throws IOException when the file can't be read or written, is none of ours, or is in use
     */
    public static Journal open(Path path, Map<String, String> settings) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Journal journal = new Journal(channel);
        try {
            journal.lock(path);
            journal.read(path);
            journal.adopt(path, settings);
            return journal;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The name of a setting that decides the cells of one method only. */
    public static String ofMethod(String id) {
        return OF_METHOD + id;
    }

    /** The outcome of a cell, where there is one. */
    public Optional<Cell> find(CellKey key) {
        return Optional.ofNullable(cells.get(key));
    }

    /** The settings of all that is in it. */
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    void append(Cell cell) throws IOException {
        write(CellJson.line(cell));
        cells.put(cell.key(), cell);
    }

    private void lock(Path path) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException(path + " is in use by this process", e);
        }
        throw new IOException(path + " is in use by another process");
    }

    private void read(Path path) throws IOException {
        byte[] bytes = Channels.newInputStream(file).readAllBytes(); // a second handle may not read what is locked
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        file.truncate(end).position(end);
        List<String> lines =
                new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            try {
                JsonNode line = CellJson.parse(lines.get(i));
                CellJson.settings(line).ifPresentOrElse(settings::putAll, () -> {
                    Cell cell = CellJson.cell(line);
                    cells.put(cell.key(), cell);
                });
            } catch (JsonProcessingException | NumberFormatException e) {
                throw new IOException(path + ", line " + (i + 1) + ", is no line of a journal: " + e.getMessage(), e);
            }
        }
    }

    private void adopt(Path path, Map<String, String> now) throws IOException {
        Map<String, String> changed = new TreeMap<>();
        for (Map.Entry<String, String> setting : now.entrySet()) {
            String before = settings.get(setting.getKey());
            if (setting.getValue().equals(before)) {
                continue;
            }
            if (before != null && hasDecided(setting.getKey())) {
                throw new IllegalArgumentException(path + " was made with " + setting.getKey() + " = " + before
                        + ", and it is " + setting.getValue() + " now: name another folder, or take what it was");
            }
            changed.put(setting.getKey(), setting.getValue());
        }
        if (!changed.isEmpty()) {
            write(CellJson.line(changed));
            settings.putAll(changed);
        }
    }

    /** Whether the value that a setting had is in a measurement. */
    private boolean hasDecided(String setting) {
        return cells.values().stream()
                .filter(Cell::isMeasured)
                .anyMatch(cell -> !setting.startsWith(OF_METHOD)
                        || setting.equals(ofMethod(cell.key().method())));
    }

    private void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
