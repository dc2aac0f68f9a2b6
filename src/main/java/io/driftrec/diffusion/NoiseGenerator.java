package io.driftrec.diffusion;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Makes the values of draws, several at once where that costs less than one after the other. */
@FunctionalInterface
public interface NoiseGenerator {
    /** Asks the sources one after the other. */
    NoiseGenerator ONE_BY_ONE = (draws, shape, manager) -> {
        NDList values = new NDList(draws.size());
        draws.forEach(draw -> values.add(draw.source().normal(draw.number(), shape, manager)));
        return values;
    };

    /**
     * Standard normal values, for each draw those that {@link NoiseSource#normal} of its source gives.
     *
     * @param draws of sources with this generator
     * @param shape {@code (C, H, W)} of each
     * @param manager owns the arrays
     * @return one array for each draw, in their order
     */
    NDList normal(List<NoiseDraw> draws, Shape shape, NDManager manager);
}
