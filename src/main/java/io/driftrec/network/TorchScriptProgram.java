package io.driftrec.network;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A TorchScript module with one method, {@code forward}: its source text and its tensors. {@link #write} makes the archive
 * that {@code torch.jit.load} and the tensor engine read: a zip of stored entries with the source, a pickle of the module
 * object, and one raw file per tensor.
 *
 * @param arguments the tensors that {@code forward} takes, in order
 * @param statements the body of {@code forward}, one statement each, the last one a {@code return} of a tensor
 * @param attributes the module's tensors by attribute name
 */
public record TorchScriptProgram(List<String> arguments, List<String> statements, Map<String, Attribute> attributes) {
    private static final String ROOT = "driftrec/";
    private static final String CLASS = "N";
    private static final byte[] EMPTY_TUPLE = new PickleWriter().emptyTuple().stop();

    /**
     * A tensor of the module.
     *
     * @param isParameter whether it can be trained; otherwise it is a constant ("buffer")
     * @param isChannelsLast whether the memory order is that of channels-last; four dimensions then
     */
    public record Attribute(Tensor values, boolean isParameter, boolean isChannelsLast) {
        private ByteBuffer memory() {
            return isChannelsLast ? values.channelsLast() : values.data();
        }

        private List<Long> strides() {
            List<Long> shape = values.shape();
            if (isChannelsLast) {
                long channels = shape.get(1);
                long row = channels * shape.get(3);
                return List.of(shape.get(2) * row, 1L, row, channels);
            }
            List<Long> strides = new ArrayList<>(Collections.nCopies(shape.size(), 1L));
            for (int axis = shape.size() - 2; axis >= 0; axis--) {
                strides.set(axis, strides.get(axis + 1) * shape.get(axis + 1));
            }
            return strides;
        }
    }

    public TorchScriptProgram {
        arguments = List.copyOf(arguments);
        statements = List.copyOf(statements);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** The source text in TorchScript's serialised dialect. */
    public String source() {
        StringBuilder text = new StringBuilder("class " + CLASS + "(Module):\n");
        text.append("  __parameters__ = [").append(names(true)).append("]\n");
        text.append("  __buffers__ = [").append(names(false)).append("]\n");
        text.append("  training : bool\n");
        attributes.keySet().forEach(name -> text.append("  ").append(name).append(" : Tensor\n"));
        String parameters =
                arguments.stream().map(name -> ", " + name + ": Tensor").collect(Collectors.joining());
        text.append("  def forward(self: __torch__.%s%s) -> Tensor:\n".formatted(CLASS, parameters));
        statements.forEach(statement -> text.append("    ").append(statement).append('\n'));
        return text.toString();
    }

    private String names(boolean isParameter) {
        return attributes.entrySet().stream()
                .filter(entry -> entry.getValue().isParameter() == isParameter)
                .map(entry -> '"' + entry.getKey() + "\", ")
                .collect(Collectors.joining());
    }

    /** Writes the archive; does not close the stream. */
    public void write(OutputStream out) throws IOException {
        StoredZip zip = new StoredZip(out);
        zip.add(ROOT + "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        zip.add(ROOT + "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        zip.add(ROOT + "constants.pkl", EMPTY_TUPLE);
        zip.add(ROOT + "code/__torch__.py", source().getBytes(StandardCharsets.UTF_8));
        zip.add(ROOT + "data.pkl", pickle());
        int key = 0;
        for (Attribute attribute : attributes.values()) {
            zip.add(ROOT + "data/" + key++, attribute.memory());
        }
        zip.finish();
    }

    /** The archive in memory. */
    public InputStream archive() {
        long bytes = attributes.values().stream()
                .mapToLong(attribute -> attribute.values().data().limit() + 256L)
                .sum();
        Archive archive = new Archive(Math.toIntExact(bytes + (1 << 20)));
        try {
            write(archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive.toInputStream();
    }

    /** Hands out its memory instead of a copy: a large network's archive has hundreds of megabytes. */
    private static final class Archive extends ByteArrayOutputStream {
        Archive(int expectedBytes) {
            super(expectedBytes);
        }

        InputStream toInputStream() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }

    private byte[] pickle() {
        PickleWriter pickle = new PickleWriter()
                .global("__torch__", CLASS)
                .emptyTuple()
                .newObject()
                .emptyDict()
                .mark()
                .text("training")
                .bool(false);
        int key = 0;
        for (Map.Entry<String, Attribute> entry : attributes.entrySet()) {
            pickle.text(entry.getKey());
            tensor(pickle, entry.getValue(), key++);
        }
        return pickle.setItems().build().stop();
    }

    private static void tensor(PickleWriter pickle, Attribute attribute, int key) {
        Tensor values = attribute.values();
        pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
        pickle.mark()
                .text("storage")
                .global("torch", values.type().storageClass())
                .text(Integer.toString(key))
                .text("cpu")
                .integer(values.size())
                .tuple()
                .persistentId();
        pickle.integer(0).tuple(values.shape()).tuple(attribute.strides()).bool(false);
        pickle.global("collections", "OrderedDict").emptyTuple().reduce();
        pickle.tuple().reduce();
    }
}
