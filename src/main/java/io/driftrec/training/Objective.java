package io.driftrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.network.TrainingTarget;
import io.driftrec.network.TrainingTarget.Mixture;
import io.driftrec.network.TrainingTarget.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Applies the {@link TrainingTarget} of each sample's time to a batch. */
final class Objective {
    private final TrainingPlan plan;

    Objective(TrainingPlan plan) {
        this.plan = plan;
    }

    /**
     * One batch as the network sees it.
     *
     * @param input {@code (N, inputChannels, H, W)}
     * @param level {@code (N)}: the noise level that the network is told
     * @param weight of the network's output before it is compared, {@code (N, 1, 1, 1)}
     * @param target {@code (N, C, H, W)}; JPEG's blocks begin at its upper left corner
     */
    record Example(
            NDArray input, NDArray level, NDArray weight, NDArray target, Reduction reduction, double boundaryWeight) {
        /**
         * The loss of the network's answer {@code (N, C, H, W)}: a scalar, the mean over the batch. To the squared errors it adds,
         * with their weight, the squared steps of the error from one block to the next, which is what blocking is. Both are
         * quadratic in the error, and the weights do not depend on the images: the best answer is the same for every weight.
         */
        NDArray loss(NDArray answer) {
            NDArray error = answer.mul(weight).sub(target);
            NDArray sum = error.square().sum();
            if (boundaryWeight > 0) {
                NDArray across = error.get(":, :, :, 8::8").sub(error.get(":, :, :, 7:-1:8"));
                NDArray down = error.get(":, :, 8::8").sub(error.get(":, :, 7:-1:8"));
                sum = sum.add(across.square().sum().add(down.square().sum()).mul((float) boundaryWeight));
            }
            return switch (reduction) {
                case MEAN -> sum.div(answer.size());
                case HALF_SUM -> sum.div(2 * answer.getShape().get(0));
            };
        }
    }

    /** Puts a batch on the manager's device. */
    Example example(TrainingBatch batch, NDManager manager) {
        List<TrainingTarget> targets = new ArrayList<>();
        for (int i = 0; i < batch.times().length; i++) {
            targets.add(target(batch.times()[i], batch.starts()[i]));
        }
        Parts parts = new Parts(
                manager.create(batch.clean(), batch.shape()),
                manager.create(batch.corrupted(), batch.shape()),
                manager.create(batch.noise(), batch.shape()),
                targets);
        NDArray image = parts.mixture(TrainingTarget::imageInput);
        NDArray input = plan.isRegression()
                ? image
                : NDArrays.concat(new NDList(parts.mixture(TrainingTarget::stateInput), image), 1);
        return new Example(
                input,
                parts.scalars(TrainingTarget::level),
                parts.factors(TrainingTarget::outputWeight),
                parts.mixture(TrainingTarget::target),
                targets.get(0).reduction(),
                plan.optimization().boundaryWeight());
    }

    private TrainingTarget target(double time, boolean isStart) {
        if (plan.isRegression()) {
            return TrainingTarget.regression(plan.output());
        }
        return isStart
                ? TrainingTarget.ofStart(plan.process(), plan.output())
                : TrainingTarget.of(plan.process(), plan.output(), time);
    }

    /** What mixtures are made of; images are {@code (N, C, H, W)}. */
    private record Parts(NDArray clean, NDArray corrupted, NDArray noise, List<TrainingTarget> targets) {
        NDArray mixture(Function<TrainingTarget, Mixture> of) {
            return clean.mul(factors(target -> of.apply(target).clean()))
                    .add(corrupted.mul(factors(target -> of.apply(target).image())))
                    .add(noise.mul(factors(target -> of.apply(target).noise())))
                    .add(factors(target -> of.apply(target).offset()));
        }

        NDArray scalars(ToDoubleFunction<TrainingTarget> of) {
            float[] values = new float[targets.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) of.applyAsDouble(targets.get(i));
            }
            return clean.getManager().create(values);
        }

        NDArray factors(ToDoubleFunction<TrainingTarget> of) {
            return scalars(of).reshape(new Shape(-1, 1, 1, 1));
        }
    }
}
