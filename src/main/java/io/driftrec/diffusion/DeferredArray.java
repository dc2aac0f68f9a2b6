package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a trajectory, whose next value is said first and computed later, together with others: dozens of trajectories cost
 * a device hardly more calls than one. Owns its value.
 */
public final class DeferredArray {
    private final NDManager owner;
    private @Nullable NDArray value;
    private @Nullable LinearCombination next;
    private boolean isPending;

    DeferredArray(NDManager owner) {
        this.owner = owner;
    }

    /** Takes that value when settled; until then the arrays of the sum must live, the present value among them. */
    void become(LinearCombination sum) {
        next = sum;
        isPending = true;
    }

    /** Has no value when settled. */
    void drop() {
        next = null;
        isPending = true;
    }

    boolean isPending() {
        return isPending;
    }

    /**
     * The present value, or null where there is none.
     *
     * @throws IllegalStateException when another one has been said but not computed
     */
    @Nullable
    NDArray value() {
        if (isPending) {
            throw new IllegalStateException("not computed yet");
        }
        return value;
    }

    /**
     * Computes next values, all from the present ones. When that fails everything is as it was before, and can be tried again.
     *
     * @param arrays of any trajectories on one device; all that wait of each of them
     */
    public static void settle(Collection<DeferredArray> arrays) {
        List<LinearCombination> sums = new ArrayList<>(arrays.size());
        for (DeferredArray array : arrays) {
            if (array.next != null) {
                sums.add(array.next);
            }
        }
        NDList values = JointEvaluation.of(sums);
        int computed = 0;
        for (DeferredArray array : arrays) {
            array.replace(array.next == null ? null : values.get(computed++));
        }
    }

    private void replace(@Nullable NDArray newValue) {
        if (newValue != null) {
            newValue.attach(owner);
        }
        if (value != null) {
            value.close();
        }
        value = newValue;
        next = null;
        isPending = false;
    }
}
