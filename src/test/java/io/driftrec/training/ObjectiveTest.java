package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.driftrec.network.TensorEngine;
import io.driftrec.network.TrainingTarget.Reduction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Errors of two images, 16x24, that are 1 in the block at row 0, column 1 and 0 elsewhere. */
class ObjectiveTest {
    private static final TensorEngine CPU = TensorEngine.start("cpu", 1);
    private static final int VALUES = 2 * 16 * 24;
    private static final int WRONG = 2 * 64;

    /** The block's left, right and lower side. */
    private static final int STEPS = 2 * 3 * 8;

    private final NDManager manager = CPU.newManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray blocks() {
        float[] values = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            int row = i / 24 % 16;
            int column = i % 24;
            values[i] = row < 8 && column >= 8 && column < 16 ? 1 : 0;
        }
        return manager.create(values, new Shape(2, 1, 16, 24));
    }

    private Objective.Example example(Reduction reduction, double boundaryWeight) {
        NDArray none = manager.zeros(new Shape(2, 1, 16, 24));
        return new Objective.Example(
                none,
                manager.zeros(new Shape(2)),
                manager.ones(new Shape(2, 1, 1, 1)),
                none,
                reduction,
                boundaryWeight);
    }

    @Test
    void shouldReduceTheSquares() {
        assertThat(example(Reduction.MEAN, 0).loss(blocks()).getFloat()).isEqualTo(WRONG / (float) VALUES);
        assertThat(example(Reduction.HALF_SUM, 0).loss(blocks()).getFloat()).isEqualTo(WRONG / 4f);
    }

    @Test
    void shouldAddTheStepsAcrossBlocks() {
        assertThat(example(Reduction.MEAN, 3).loss(blocks()).getFloat())
                .isCloseTo((WRONG + 3f * STEPS) / VALUES, within(1e-6f));
        assertThat(example(Reduction.HALF_SUM, 3).loss(blocks()).getFloat()).isEqualTo((WRONG + 3f * STEPS) / 4);
    }

    @Test
    void shouldPullTheSidesOfABlockTogether() {
        NDArray answer = blocks();
        answer.setRequiresGradient(true);
        try (GradientCollector collector = CPU.newGradientCollector()) {
            collector.backward(example(Reduction.MEAN, 3).loss(answer));
        }

        NDArray slope = answer.getGradient().mul(VALUES / 2f);
        assertThat(slope.getFloat(0, 0, 0, 7)).as("left of the block").isCloseTo(-3, within(1e-4f));
        assertThat(slope.getFloat(0, 0, 0, 8)).as("its first column").isCloseTo(1 + 3, within(1e-4f));
        assertThat(slope.getFloat(0, 0, 7, 8)).as("its lower left corner").isCloseTo(1 + 3 + 3, within(1e-4f));
        assertThat(slope.getFloat(0, 0, 3, 12)).as("its inside").isCloseTo(1, within(1e-4f));
        assertThat(slope.getFloat(0, 0, 8, 12)).as("below it").isCloseTo(-3, within(1e-4f));
    }
}
