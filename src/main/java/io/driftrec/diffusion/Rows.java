package io.driftrec.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/** Cuts what was computed together. */
public final class Rows {
    private Rows() {}

    /**
     * The arrays of which a larger one is made, one behind the other.
     *
     * @param row the shape of each, of one dimension at least
     * @return views, no copies, in the manager of {@code all}
     */
    public static NDList of(NDArray all, Shape row) {
        int count = Math.toIntExact(all.size() / row.size());
        // split keeps the axis that it cuts; joined with the first axis of a row it leaves that row without a call for
        // each
        long[] joined = row.getShape().clone();
        joined[0] *= count;
        return all.reshape(new Shape(joined)).split(count, 0);
    }
}
