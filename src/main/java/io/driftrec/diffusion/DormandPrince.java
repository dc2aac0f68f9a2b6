package io.driftrec.diffusion;

import java.util.List;

/**
 * The explicit Runge-Kutta pair of orders 5 and 4 of J. R. Dormand and P. J. Prince, "A family of embedded Runge-Kutta formulae",
 * J. Comput. Appl. Math. 6 (1980). Seven stages, the last of which is the first of the next step.
 */
final class DormandPrince {
    /** The stage at the end of the step; stages 1 to this need an evaluation each. */
    static final int LAST_STAGE = 6;

    /** The order of the error estimate. */
    static final int ERROR_ORDER = 4;

    private static final List<Double> NODES = List.of(0.0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1.0, 1.0);

    /** Row i: weights of the slopes before stage i; the last row makes the solution of order 5. */
    private static final List<List<Double>> WEIGHTS = List.of(
            List.of(),
            List.of(1.0 / 5),
            List.of(3.0 / 40, 9.0 / 40),
            List.of(44.0 / 45, -56.0 / 15, 32.0 / 9),
            List.of(19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729),
            List.of(9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656),
            List.of(35.0 / 384, 0.0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84));

    /** The solution of order 5 less that of order 4. */
    private static final List<Double> ERROR_WEIGHTS =
            List.of(71.0 / 57600, 0.0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40);

    private DormandPrince() {}

    /** How far into the step a stage lies, 0 to 1. */
    static double node(int stage) {
        return NODES.get(stage);
    }

    /** The weights of the slopes 0 to stage - 1 in the state of a stage, 1 to 6. */
    static List<Double> weights(int stage) {
        return WEIGHTS.get(stage);
    }

    static List<Double> errorWeights() {
        return ERROR_WEIGHTS;
    }
}
