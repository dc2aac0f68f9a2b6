package io.driftrec.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the network with tiles of many trajectories. The corrupted images of the last call stay stacked: while the same
 * trajectories are in flight, they are the same in every call.
 */
final class NetworkCall implements AutoCloseable {
    private List<TileEvaluation> stacked = List.of();
    private @Nullable NDArray images;
    private @Nullable NDManager owner;

    /**
     * Stacks the tiles, calls the network once, and splits its answer.
     *
     * @param batch at least one evaluation, all with the same {@link CallKey}
     * @param scope owns what the call makes, the scores included
     * @return one score {@code (C, h, w)} per evaluation: views, no copies
     */
    NDList scores(List<TileEvaluation> batch, NDManager scope) {
        int count = batch.size();
        NDList states = new NDList(count);
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            TileEvaluation evaluation = batch.get(i);
            states.add(evaluation.flight().state(evaluation.tile(), scope));
            times[i] = evaluation.flight().time();
        }
        NDArray x = stack(states, scope);
        NDArray scores = batch.get(0).key().network().score(x, images(batch), times);
        Shape shape = x.getShape();
        if (!scores.getShape().equals(shape)) {
            throw new IllegalStateException("the network answered " + scores.getShape() + " to a batch of " + shape);
        }
        return Rows.of(scores, shape.slice(1));
    }

    private NDArray images(List<TileEvaluation> batch) {
        if (images == null || !isOfSameTiles(batch, stacked)) {
            close();
            NDList tiles = new NDList(batch.size());
            batch.forEach(evaluation -> tiles.add(evaluation.flight().image(evaluation.tile())));
            owner = batch.get(0).key().network().newManager();
            images = stack(tiles, owner);
            stacked = batch;
        }
        return images;
    }

    private static boolean isOfSameTiles(List<TileEvaluation> one, List<TileEvaluation> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            TileEvaluation evaluation = one.get(i);
            if (evaluation.flight() != other.get(i).flight()
                    || evaluation.tile() != other.get(i).tile()) {
                return false;
            }
        }
        return true;
    }

    /** DJL gives a stack to the owner of its first array, which outlives the call. */
    private static NDArray stack(NDList arrays, NDManager scope) {
        NDArray stacked = NDArrays.stack(arrays);
        stacked.attach(scope);
        return stacked;
    }

    /** Frees the stacked images; another call stacks them again. */
    @Override
    public void close() {
        if (owner != null) {
            owner.close();
        }
        owner = null;
        images = null;
        stacked = List.of();
    }
}
