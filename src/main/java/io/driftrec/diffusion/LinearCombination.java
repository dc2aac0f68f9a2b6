package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;

/**
 * {@code a x + b y + ... + c} with host scalars and arrays of one shape: the one operation that samplers are made of. Summed in
 * place: one array is made, temporaries are freed at once. The sum has the data type and the manager of the first term.
 */
final class LinearCombination {
    private final NDArray sum;

    private LinearCombination(NDArray sum) {
        this.sum = sum;
    }

    static LinearCombination of(double weight, NDArray term) {
        return new LinearCombination(term.mul(weight));
    }

    LinearCombination plus(double weight, NDArray term) {
        if (weight != 0) {
            try (NDArray weighted = term.mul(weight)) {
                sum.addi(weighted);
            }
        }
        return this;
    }

    LinearCombination plus(double constant) {
        if (constant != 0) {
            sum.addi(constant);
        }
        return this;
    }

    /** The array itself, not a copy: the caller's from here on. */
    NDArray value() {
        return sum;
    }
}
