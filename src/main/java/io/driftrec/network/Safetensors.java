package io.driftrec.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named tensors with metadata, and the <a href="https://huggingface.co/docs/safetensors">safetensors</a> file format that
 * stores them: eight bytes of header length, a JSON header, the tensors' bytes without gaps.
 *
 * <p>Reading trusts nothing: the header's length is capped, every tensor's size must be that of its type and shape, and the
 * tensors must cover the data without gap or overlap. A tensor is at most 2 GiB.
 *
 * @param tensors by name, in file order
 * @param metadata free text by key
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    private static final int MAX_HEADER_BYTES = 16 << 20;
    private static final int ALIGNMENT = 8;
    private static final String METADATA = "__metadata__";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    public Safetensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    public Safetensors(Map<String, Tensor> tensors) {
        this(tensors, Map.of());
    }

    /**
     * @throws InvalidModelException when there is no such tensor
     */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InvalidModelException("tensor \"%s\" is missing".formatted(name));
        }
        return tensor;
    }

    /** The tensors whose names begin with {@code prefix}, under the rest of their names. */
    public Safetensors under(String prefix) {
        Map<String, Tensor> selected = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                selected.put(name.substring(prefix.length()), tensor);
            }
        });
        return new Safetensors(selected, metadata);
    }

    /**
     * @throws InvalidModelException when the file is not a valid safetensors file
     */
    public static Safetensors read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in);
        } catch (InvalidModelException e) {
            throw new InvalidModelException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads to the end of the stream.
     *
     * @throws InvalidModelException when the content is not a valid safetensors file
     */
    public static Safetensors read(InputStream in) throws IOException {
        long headerBytes = ByteBuffer.wrap(bytes(in, Long.BYTES, "the header's length"))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES) {
            throw new InvalidModelException("not a safetensors file: header length %s is not in 2..%d"
                    .formatted(Long.toUnsignedString(headerBytes), MAX_HEADER_BYTES));
        }
        JsonNode header = parse(bytes(in, (int) headerBytes, "the header"));
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        header.fields().forEachRemaining(field -> {
            if (field.getKey().equals(METADATA)) {
                field.getValue()
                        .fields()
                        .forEachRemaining(entry ->
                                metadata.put(entry.getKey(), entry.getValue().asText()));
            } else {
                entries.add(Entry.of(field.getKey(), field.getValue()));
            }
        });
        return new Safetensors(readTensors(in, entries), metadata);
    }

    private static JsonNode parse(byte[] header) {
        try {
            JsonNode node = JSON.readTree(header);
            if (node == null || !node.isObject()) {
                throw new InvalidModelException("not a safetensors file: the header is no JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new InvalidModelException("not a safetensors file: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InvalidModelException("not a safetensors file: " + e.getMessage(), e);
        }
    }

    private static Map<String, Tensor> readTensors(InputStream in, List<Entry> entries) throws IOException {
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        long position = 0;
        for (Entry entry : entries) {
            if (entry.begin() != position) {
                throw new InvalidModelException(
                        "tensor \"%s\" begins at byte %d, where %d was expected (a gap or an overlap)"
                                .formatted(entry.name(), entry.begin(), position));
            }
            byte[] data = bytes(in, Math.toIntExact(entry.end() - entry.begin()), "tensor \"" + entry.name() + "\"");
            tensors.put(entry.name(), new Tensor(entry.type(), entry.shape(), ByteBuffer.wrap(data)));
            position = entry.end();
        }
        if (in.read() >= 0) {
            throw new InvalidModelException("there are bytes after the last tensor, which ends at byte " + position);
        }
        return tensors;
    }

    private static byte[] bytes(InputStream in, int length, String what) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new InvalidModelException(
                    "the file ends inside %s (%d of %d bytes)".formatted(what, bytes.length, length),
                    new EOFException());
        }
        return bytes;
    }

    /** Writes to a new file. */
    public void write(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            write(out);
        }
    }

    /** Writes and flushes; does not close the stream. */
    public void write(OutputStream out) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode entries = header.putObject(METADATA);
            metadata.forEach(entries::put);
        }
        long position = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            ObjectNode node = header.putObject(entry.getKey());
            node.put("dtype", tensor.type().name());
            tensor.shape().forEach(node.putArray("shape")::add);
            node.putArray("data_offsets")
                    .add(position)
                    .add(position += tensor.data().limit());
        }
        String text = header.toString();
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        String padded = text + " ".repeat(Math.floorMod(-bytes, ALIGNMENT));
        byte[] encoded = padded.getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(encoded.length)
                .array());
        out.write(encoded);
        WritableByteChannel channel = Channels.newChannel(out);
        for (Tensor tensor : tensors.values()) {
            channel.write(tensor.data());
        }
        out.flush();
    }

    /** One line of the header, checked in itself. */
    private record Entry(String name, TensorType type, List<Long> shape, long begin, long end) {
        static Entry of(String name, JsonNode node) {
            try {
                List<Long> shape = longs(node, "shape");
                List<Long> offsets = longs(node, "data_offsets");
                TensorType type = TensorType.named(node.path("dtype").asText());
                if (offsets.size() != 2) {
                    throw new InvalidModelException("data_offsets is not a pair");
                }
                long bytes = Math.multiplyExact(Tensor.elements(shape), (long) type.bytes());
                if (offsets.get(0) < 0 || Math.subtractExact(offsets.get(1), offsets.get(0)) != bytes) {
                    throw new InvalidModelException("offsets %s do not span the %d bytes of type %s and shape %s"
                            .formatted(offsets, bytes, type, shape));
                }
                if (bytes > Integer.MAX_VALUE - ALIGNMENT) {
                    throw new InvalidModelException("%d bytes are more than 2 GiB".formatted(bytes));
                }
                return new Entry(name, type, shape, offsets.get(0), offsets.get(1));
            } catch (ArithmeticException | IllegalArgumentException | InvalidModelException e) {
                throw new InvalidModelException("tensor \"%s\": %s".formatted(name, e.getMessage()), e);
            }
        }

        private static List<Long> longs(JsonNode node, String field) {
            List<Long> values = new ArrayList<>();
            if (!node.path(field).isArray()) {
                throw new InvalidModelException(field + " is not an array");
            }
            for (JsonNode element : node.path(field)) {
                if (!element.canConvertToLong() || !element.isIntegralNumber()) {
                    throw new InvalidModelException(field + " has an element that is no integer: " + element);
                }
                values.add(element.longValue());
            }
            return values;
        }
    }
}
