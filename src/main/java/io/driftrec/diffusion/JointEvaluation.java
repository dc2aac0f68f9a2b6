package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Computes linear combinations together: those of one shape and number of terms in as many calls of the tensor library as one
 * takes. Each is summed term by term in its own order, so that its value does not depend on its company.
 */
final class JointEvaluation {
    /** Of what one call takes in: the point above which calls are so long that their number does not matter. */
    private static final long MAX_ELEMENTS = 1L << 25;

    /** What sums that are computed together have in common. */
    private record Kind(Shape shape, DataType type, int terms, boolean hasConstant) {
        static Kind of(LinearCombination sum) {
            NDArray first = sum.first();
            return new Kind(first.getShape(), first.getDataType(), sum.size(), sum.constant() != 0);
        }

        /** How many sums one call computes. */
        int most() {
            return (int) Math.max(1, MAX_ELEMENTS / Math.max(1, shape.size() * terms));
        }
    }

    private final List<LinearCombination> sums;
    private final NDManager scratch;
    private final Map<NoiseDraw, NDArray> noise = new HashMap<>();
    private final NDArray[] values;

    private JointEvaluation(List<LinearCombination> sums, NDManager scratch) {
        this.sums = sums;
        this.scratch = scratch;
        this.values = new NDArray[sums.size()];
    }

    /** The values in the order of the sums, each in the manager of the first term of its sum. */
    static NDList of(List<LinearCombination> sums) {
        if (sums.isEmpty()) {
            return new NDList();
        }
        try (NDManager scratch = sums.get(0).first().getManager().newSubManager()) {
            return new JointEvaluation(sums, scratch).values();
        }
    }

    private NDList values() {
        drawNoise();
        Map<Kind, List<Integer>> kinds = new LinkedHashMap<>();
        for (int i = 0; i < sums.size(); i++) {
            kinds.computeIfAbsent(Kind.of(sums.get(i)), kind -> new ArrayList<>())
                    .add(i);
        }
        kinds.forEach((kind, all) -> {
            for (int from = 0; from < all.size(); from += kind.most()) {
                evaluate(kind, all.subList(from, Math.min(all.size(), from + kind.most())));
            }
        });
        NDList owned = new NDList(values.length);
        for (int i = 0; i < values.length; i++) {
            values[i].attach(sums.get(i).first().getManager());
            owned.add(values[i]);
        }
        return owned;
    }

    /** A draw that several sums name is made once. */
    private void drawNoise() {
        record Making(NoiseGenerator generator, Shape shape, DataType type) {}
        Map<Making, Set<NoiseDraw>> makings = new LinkedHashMap<>();
        for (LinearCombination sum : sums) {
            for (int term = 0; term < sum.size(); term++) {
                if (sum.array(term) instanceof NoiseDraw draw) {
                    Making making = new Making(
                            draw.source().generator(),
                            sum.first().getShape(),
                            sum.first().getDataType());
                    makings.computeIfAbsent(making, key -> new LinkedHashSet<>())
                            .add(draw);
                }
            }
        }
        makings.forEach((making, draws) -> {
            List<NoiseDraw> ordered = List.copyOf(draws);
            NDList drawn = making.generator().normal(ordered, making.shape(), scratch);
            for (int i = 0; i < ordered.size(); i++) {
                noise.put(ordered.get(i), drawn.get(i).toType(making.type(), false));
            }
        });
    }

    private void evaluate(Kind kind, List<Integer> numbers) {
        int count = numbers.size();
        double[] weights = new double[kind.terms() * count];
        double[] constants = new double[count];
        NDList arrays = new NDList(weights.length);
        for (int term = 0; term < kind.terms(); term++) {
            for (int i = 0; i < count; i++) {
                LinearCombination each = sums.get(numbers.get(i));
                weights[arrays.size()] = each.weight(term);
                arrays.add(array(each, term));
                constants[i] = each.constant();
            }
        }
        NDList perTerm =
                create(weights, new Shape(kind.terms(), count, 1), kind).split(kind.terms(), 0);
        NDArray sum = count == 1 ? sumInTurn(arrays, perTerm) : sumOfStacks(arrays, perTerm, kind);
        if (kind.hasConstant()) {
            sum.addi(create(constants, new Shape(1, count, 1), kind));
        }
        NDList rows = Rows.of(sum, kind.shape());
        for (int i = 0; i < count; i++) {
            values[numbers.get(i)] = rows.get(i);
        }
    }

    /** Never holds more than one array besides the sum, which is what large images want. */
    private NDArray sumInTurn(NDList arrays, NDList weights) {
        NDArray sum = arrays.get(0).mul(weights.get(0));
        sum.attach(scratch);
        for (int term = 1; term < arrays.size(); term++) {
            try (NDArray weighted = arrays.get(term).mul(weights.get(term))) {
                sum.addi(weighted);
            }
        }
        return sum;
    }

    /** {@code arrays}: the first term of each sum, then the second of each, and so on. */
    private NDArray sumOfStacks(NDList arrays, NDList weights, Kind kind) {
        NDArray stacked = NDArrays.concat(arrays, 0);
        stacked.attach(scratch);
        int terms = weights.size();
        NDList stacks = stacked.reshape(
                        terms, arrays.size() / terms, kind.shape().size())
                .split(terms, 0);
        NDArray sum = stacks.get(0).muli(weights.get(0));
        for (int term = 1; term < terms; term++) {
            sum.addi(stacks.get(term).muli(weights.get(term)));
        }
        return sum;
    }

    private NDArray array(LinearCombination sum, int term) {
        return sum.array(term) instanceof NoiseDraw draw
                ? Objects.requireNonNull(noise.get(draw))
                : (NDArray) sum.array(term);
    }

    private NDArray create(double[] numbers, Shape shape, Kind kind) {
        return scratch.create(numbers, shape).toType(kind.type(), false);
    }
}
