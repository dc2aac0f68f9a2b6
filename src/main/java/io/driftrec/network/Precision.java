package io.driftrec.network;

import java.util.Locale;

/**
 * The floating-point format in which a network computes its features. Whatever it is, image-sized values (input, pyramids,
 * output), the Fourier features and the softmax's sums are float32.
 */
public enum Precision {
    FP32(TensorType.F32),
    BF16(TensorType.BF16),
    FP16(TensorType.F16);

    private final TensorType type;

    Precision(TensorType type) {
        this.type = type;
    }

    /** The elements' type. */
    public TensorType type() {
        return type;
    }

    /** The name in options and logs: {@code fp32}, {@code bf16} or {@code fp16}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The precision of a label.
     *
     * @throws IllegalArgumentException for any other label
     */
    public static Precision labelled(String label) {
        for (Precision precision : values()) {
            if (precision.label().equals(label)) {
                return precision;
            }
        }
        throw new IllegalArgumentException("precision must be fp32, bf16 or fp16, not \"%s\"".formatted(label));
    }
}
