package io.driftrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019) on one vector:
 *
 * <pre>
 *   m = b1 m + (1 - b1) g,   v = b2 v + (1 - b2) g^2
 *   theta = (1 - rate decay) theta - rate m / (1 - b1^k) / (sqrt(v / (1 - b2^k)) + 1e-8)      step k from 1
 * </pre>
 *
 * <p>The engine's own optimiser keeps its moments to itself, so that they could not be stored in a checkpoint.
 */
final class AdamW {
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    private AdamW() {}

    /**
     * Changes theta and both moments in place; all are float32 vectors of one length.
     *
     * @param step from 1
     */
    static void update(
            NDArray theta, NDArray first, NDArray second, NDArray gradient, long step, double rate, double decay) {
        try (NDManager manager = theta.getManager().newSubManager()) {
            NDArray g = gradient.duplicate();
            g.attach(manager);
            first.muli(FIRST_DECAY).addi(g.mul(1 - FIRST_DECAY));
            second.muli(SECOND_DECAY).addi(g.square().muli(1 - SECOND_DECAY));
            NDArray denominator = second.sqrt();
            denominator.attach(manager);
            denominator.divi(Math.sqrt(1 - Math.pow(SECOND_DECAY, step))).addi(EPSILON);
            NDArray direction = first.div(denominator);
            direction.attach(manager);
            theta.muli(1 - rate * decay).subi(direction.muli(rate / (1 - Math.pow(FIRST_DECAY, step))));
        }
    }
}
