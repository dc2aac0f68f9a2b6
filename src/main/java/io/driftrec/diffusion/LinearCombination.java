package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code a x + b y + ... + c} with host scalars, and arrays and draws of noise of one shape: the one operation that samplers are
 * made of. It is a description, which {@link JointEvaluation} computes, together with those of other trajectories; its arrays
 * must live until then. An array or draw that is named twice is one term.
 */
final class LinearCombination {
    /** @param array an {@link NDArray}, or a {@link NoiseDraw} */
    private record Term(double weight, Object array) {
        boolean isOf(Object other) {
            // arrays compare by their values, which is not what is asked here
            return array == other || other instanceof NoiseDraw && other.equals(array);
        }
    }

    private final List<Term> terms = new ArrayList<>();
    private double constant;

    private LinearCombination() {}

    static LinearCombination of(double weight, NDArray term) {
        LinearCombination sum = new LinearCombination();
        sum.terms.add(new Term(weight, term));
        return sum;
    }

    static LinearCombination of(double weight, LinearCombination other) {
        LinearCombination scaled = new LinearCombination();
        other.terms.forEach(term -> scaled.terms.add(new Term(weight * term.weight(), term.array())));
        scaled.constant = weight * other.constant;
        return scaled;
    }

    LinearCombination plus(double weight, NDArray term) {
        return add(weight, term);
    }

    LinearCombination plus(double weight, NoiseDraw draw) {
        return add(weight, draw);
    }

    LinearCombination plus(double weight, LinearCombination other) {
        other.terms.forEach(term -> add(weight * term.weight(), term.array()));
        return plus(weight * other.constant);
    }

    LinearCombination plus(double value) {
        constant += value;
        return this;
    }

    private LinearCombination add(double weight, Object array) {
        for (int i = 0; i < terms.size(); i++) {
            if (terms.get(i).isOf(array)) {
                terms.set(i, new Term(terms.get(i).weight() + weight, array));
                return this;
            }
        }
        if (weight != 0) {
            terms.add(new Term(weight, array));
        }
        return this;
    }

    /** The first term, which is always an array: its shape and data type are those of the sum. */
    NDArray first() {
        return (NDArray) terms.get(0).array();
    }

    int size() {
        return terms.size();
    }

    double weight(int term) {
        return terms.get(term).weight();
    }

    /** An {@link NDArray}, or a {@link NoiseDraw}. */
    Object array(int term) {
        return terms.get(term).array();
    }

    double constant() {
        return constant;
    }

    /** Computes it now and alone; the array is the caller's, and belongs to the manager of the first term. */
    NDArray value() {
        return JointEvaluation.of(List.of(this)).get(0);
    }
}
