package io.driftrec.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The values of an array in host memory, as weight files hold them: row-major and little-endian. Immutable.
 *
 * <p>Not for arithmetic; the tensor engine has its own arrays.
 */
public final class Tensor {
    private final TensorType type;
    private final List<Long> shape;
    private final ByteBuffer data;

    /**
     * @param data the elements, from the buffer's position to its limit; not to be written to afterwards
     * @throws IllegalArgumentException when a dimension is negative or the data's size is not that of the shape
     */
    public Tensor(TensorType type, List<Long> shape, ByteBuffer data) {
        this.type = type;
        this.shape = List.copyOf(shape);
        this.data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long expected = Math.multiplyExact(elements(this.shape), (long) type.bytes());
        if (expected != this.data.limit()) {
            throw new IllegalArgumentException("a tensor of type %s and shape %s has %d bytes, not %d"
                    .formatted(type, shape, expected, this.data.limit()));
        }
    }

    /** A float32 tensor. */
    public static Tensor of(List<Long> shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new Tensor(TensorType.F32, shape, data);
    }

    /** The number of elements of a shape; one for a scalar's empty shape. */
    static long elements(List<Long> shape) {
        long elements = 1;
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("negative dimension in shape " + shape);
            }
            elements = Math.multiplyExact(elements, dimension);
        }
        return elements;
    }

    public TensorType type() {
        return type;
    }

    public List<Long> shape() {
        return shape;
    }

    /** The number of elements. */
    public int size() {
        return data.limit() / type.bytes();
    }

    /** The elements' bytes: read-only, little-endian, a view of its own position and limit. */
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The elements as floats; float64 is rounded.
     *
     * @throws IllegalStateException for a type that is not floating point
     */
    public float[] toFloats() {
        float[] values = new float[size()];
        if (type == TensorType.F32) {
            data().asFloatBuffer().get(values);
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case F64 -> (float) data.getDouble(i * Double.BYTES);
                case F16 -> HalfPrecision.fromFloat16(data.getShort(i * Short.BYTES));
                case BF16 -> HalfPrecision.fromBfloat16(data.getShort(i * Short.BYTES));
                default -> throw new IllegalStateException("a tensor of type %s has no floats".formatted(type));
            };
        }
        return values;
    }

    /**
     * The same values in another floating-point type, rounded to nearest even by way of float32.
     *
     * @throws IllegalStateException when one of the types is not floating point
     */
    public Tensor as(TensorType target) {
        if (target == type) {
            return this;
        }
        if (!target.isFloating()) {
            throw new IllegalStateException("no conversion from %s to %s".formatted(type, target));
        }
        float[] values = toFloats();
        ByteBuffer converted = ByteBuffer.allocate(Math.multiplyExact(values.length, target.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            switch (target) {
                case F64 -> converted.putDouble(value);
                case F16 -> converted.putShort(HalfPrecision.toFloat16(value));
                case BF16 -> converted.putShort(HalfPrecision.toBfloat16(value));
                default -> converted.putFloat(value);
            }
        }
        return new Tensor(target, shape, converted.flip());
    }

    /**
     * The elements of an {@code (O, I, H, W)} tensor in the memory order O, H, W, I ("channels-last").
     *
     * @throws IllegalStateException when the tensor has not four dimensions
     */
    ByteBuffer channelsLast() {
        if (shape.size() != 4) {
            throw new IllegalStateException("no channels-last order for shape " + shape);
        }
        int width = type.bytes();
        int outer = Math.toIntExact(shape.get(0));
        int channels = Math.toIntExact(shape.get(1));
        int pixels = Math.toIntExact(shape.get(2) * shape.get(3));
        byte[] element = new byte[width];
        ByteBuffer reordered = ByteBuffer.allocate(data.limit());
        for (int o = 0; o < outer; o++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                for (int channel = 0; channel < channels; channel++) {
                    data.get(((o * channels + channel) * pixels + pixel) * width, element);
                    reordered.put(element);
                }
            }
        }
        return reordered.flip();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that && type == that.type && shape.equals(that.shape) && data.equals(that.data);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + data.hashCode();
    }

    @Override
    public String toString() {
        return type + shape.toString();
    }
}
