package io.driftrec.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** One call of the network with tiles of many trajectories. */
final class NetworkCall {
    private NetworkCall() {}

    /**
     * Stacks the tiles, calls the network once, and splits its answer.
     *
     * @param batch at least one evaluation, all with the same {@link CallKey}
     * @param scope owns what the call makes, the scores included
     * @return one score {@code (C, h, w)} per evaluation: views, no copies
     */
    static NDList scores(List<TileEvaluation> batch, NDManager scope) {
        int count = batch.size();
        NDList states = new NDList(count);
        NDList images = new NDList(count);
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            TileEvaluation evaluation = batch.get(i);
            states.add(evaluation.flight().state(evaluation.tile(), scope));
            images.add(evaluation.flight().image(evaluation.tile()));
            times[i] = evaluation.flight().time();
        }
        NDArray x = stack(states, scope);
        NDArray y = stack(images, scope);
        NDArray scores = batch.get(0).key().network().score(x, y, times);
        Shape shape = x.getShape();
        if (!scores.getShape().equals(shape)) {
            throw new IllegalStateException("the network answered " + scores.getShape() + " to a batch of " + shape);
        }
        // split keeps the axis that it cuts; joined with the channels' axis it leaves (C, h, w) without a call per slot
        return scores.reshape(count * shape.get(1), shape.get(2), shape.get(3)).split(count, 0);
    }

    /** DJL gives a stack to the owner of its first array, which outlives the call. */
    private static NDArray stack(NDList arrays, NDManager scope) {
        NDArray stacked = NDArrays.stack(arrays);
        stacked.attach(scope);
        return stacked;
    }
}
