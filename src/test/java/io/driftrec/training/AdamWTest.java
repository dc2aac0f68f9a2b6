package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.driftrec.network.TensorEngine;
import org.junit.jupiter.api.Test;

class AdamWTest {
    /** Three steps of PyTorch's AdamW with rate 0.1 and decay 0.01 from (1, -2, 0.5). */
    private static final float[][] GRADIENTS = {{0.1f, -0.2f, 3}, {0, 0.4f, -1}, {1e-3f, 0.2f, 0.5f}};

    private static final float[][] EXPECTED = {
        {0.8990000f, -1.8980000f, 0.3995000f},
        {0.8310952f, -1.9327124f, 0.3590786f},
        {0.7778316f, -1.9827038f, 0.3181770f}
    };

    @Test
    void shouldStepLikePyTorch() {
        try (NDManager manager = TensorEngine.start("cpu", 1).newManager()) {
            NDArray theta = manager.create(new float[] {1, -2, 0.5f});
            NDArray first = manager.create(new float[3]);
            NDArray second = manager.create(new float[3]);
            for (int step = 1; step <= GRADIENTS.length; step++) {
                NDArray gradient = manager.create(GRADIENTS[step - 1]);

                AdamW.update(theta, first, second, gradient, step, 0.1, 0.01);

                assertThat(theta.toFloatArray()).as("step %d", step).containsExactly(EXPECTED[step - 1], within(1e-6f));
                assertThat(gradient.toFloatArray()).isEqualTo(GRADIENTS[step - 1]);
            }
        }
    }
}
