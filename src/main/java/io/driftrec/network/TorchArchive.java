package io.driftrec.network;

import io.driftrec.network.PickleConstructors.Storage;
import io.driftrec.network.PickleConstructors.View;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A file that {@code torch.save} wrote (PyTorch 1.6 or later): a zip with a pickle of the object and one entry per tensor
 * memory. Tensors are read when asked for, so that an optimiser's state costs nothing.
 */
final class TorchArchive implements AutoCloseable {
    private static final int MAX_PICKLE_BYTES = 64 << 20;
    private static final int MAX_DIMENSIONS = 8;
    private static final String PICKLE = "data.pkl";

    private final ZipFile zip;
    private final String root;
    private final Object content;

    private TorchArchive(ZipFile zip) throws IOException {
        this.zip = zip;
        String pickle = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
                .findFirst()
                .orElseThrow(() -> new InvalidModelException("not a PyTorch checkpoint: no data.pkl inside"));
        this.root = pickle.substring(0, pickle.length() - PICKLE.length());
        checkByteOrder();
        this.content = PickleReader.read(bytes(pickle, MAX_PICKLE_BYTES, false));
    }

    /**
     * @throws InvalidModelException when the file is no such archive, damaged, or its pickle is not allowed
     */
    static TorchArchive open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new InvalidModelException("not a PyTorch checkpoint: " + e.getMessage(), e);
        }
        try {
            return new TorchArchive(zip);
        } catch (IOException | InvalidModelException e) {
            zip.close();
            throw e;
        }
    }

    private void checkByteOrder() throws IOException {
        if (zip.getEntry(root + "byteorder") != null) {
            String order = new String(bytes(root + "byteorder", 16, false), StandardCharsets.US_ASCII).strip();
            if (!order.equals("little")) {
                throw new InvalidModelException("the checkpoint's byte order is %s, not little".formatted(order));
            }
        }
    }

    /** The unpickled object, with a {@link View} for each tensor. */
    Object content() {
        return content;
    }

    /** Reads a tensor's values into row-major order. */
    Tensor tensor(View view) throws IOException {
        Storage storage = view.storage();
        long elements;
        try {
            elements = Tensor.elements(view.shape());
            checkBounds(view);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new InvalidModelException("damaged checkpoint: " + e.getMessage(), e);
        }
        int width = storage.type().bytes();
        long storageBytes = Math.multiplyExact(storage.elements(), (long) width);
        if (storageBytes > Integer.MAX_VALUE - 8 || elements > storage.elements()) {
            throw new InvalidModelException("a tensor of %d elements is not supported".formatted(storage.elements()));
        }
        byte[] memory = bytes(root + "data/" + storage.key(), (int) storageBytes, true);
        ByteBuffer values = ByteBuffer.allocate((int) elements * width);
        copy(view, 0, view.offset(), memory, width, values);
        return new Tensor(storage.type(), view.shape(), values.flip());
    }

    private static void checkBounds(View view) {
        long last = view.offset();
        boolean isEmpty = view.shape().contains(0L);
        if (view.shape().size() > MAX_DIMENSIONS) {
            throw new IllegalArgumentException(
                    "a tensor has %d dimensions".formatted(view.shape().size()));
        }
        if (view.strides().size() != view.shape().size() || view.offset() < 0) {
            throw new IllegalArgumentException("a tensor's strides do not match its shape");
        }
        for (int axis = 0; axis < view.shape().size(); axis++) {
            long stride = view.strides().get(axis);
            if (stride < 0) {
                throw new IllegalArgumentException("a tensor has a negative stride");
            }
            last = Math.addExact(
                    last, Math.multiplyExact(stride, Math.max(0, view.shape().get(axis) - 1)));
        }
        if (!isEmpty && last >= view.storage().elements()) {
            throw new IllegalArgumentException("a tensor reaches beyond its storage");
        }
    }

    private static void copy(View view, int axis, long position, byte[] memory, int width, ByteBuffer out) {
        if (axis == view.shape().size()) {
            out.put(memory, Math.toIntExact(position * width), width);
            return;
        }
        long stride = view.strides().get(axis);
        for (long i = 0; i < view.shape().get(axis); i++) {
            copy(view, axis + 1, position + i * stride, memory, width, out);
        }
    }

    /** Reads an entry of at most, or exactly, {@code length} bytes; never more, whatever the entry expands to. */
    private byte[] bytes(String name, int length, boolean isExact) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new InvalidModelException("damaged checkpoint: entry \"%s\" is missing".formatted(name));
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(length);
            if ((isExact && bytes.length < length) || in.read() >= 0) {
                throw new InvalidModelException("damaged checkpoint: entry \"%s\" has not %s%d bytes"
                        .formatted(name, isExact ? "" : "at most ", length));
            }
            return bytes;
        } catch (ZipException e) {
            throw new InvalidModelException("damaged checkpoint: entry \"%s\": %s".formatted(name, e.getMessage()), e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
