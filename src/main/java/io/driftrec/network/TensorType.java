package io.driftrec.network;

/**
 * The element types that weight files hold. The constants' names are the ones of the safetensors format.
 *
 * @see Tensor
 */
public enum TensorType {
    F64(8, "DoubleStorage", 7),
    F32(4, "FloatStorage", 6),
    F16(2, "HalfStorage", 5),
    BF16(2, "BFloat16Storage", 15),
    I64(8, "LongStorage", 4),
    I32(4, "IntStorage", 3),
    I16(2, "ShortStorage", 2),
    I8(1, "CharStorage", 1),
    U8(1, "ByteStorage", 0),
    BOOL(1, "BoolStorage", 11);

    private final int bytes;
    private final String storageClass;
    private final int scalarType;

    TensorType(int bytes, String storageClass, int scalarType) {
        this.bytes = bytes;
        this.storageClass = storageClass;
        this.scalarType = scalarType;
    }

    /** The size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Whether elements are real numbers that convert to {@code float}. */
    public boolean isFloating() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /** The class of {@code torch} that names this type in a pickled tensor. */
    String storageClass() {
        return storageClass;
    }

    /** The number by which a TorchScript program names this type. */
    int scalarType() {
        return scalarType;
    }

    /**
     * The type of a safetensors header.
     *
     * @throws InvalidModelException for a type that is not supported
     */
    static TensorType named(String name) {
        for (TensorType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new InvalidModelException("unknown tensor type \"%s\"".formatted(name));
    }
}
