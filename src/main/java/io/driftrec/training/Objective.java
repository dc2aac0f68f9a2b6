package io.driftrec.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.driftrec.diffusion.Sde;
import io.driftrec.network.NcsnppArchitecture;
import io.driftrec.network.OutputParameterization;
import io.driftrec.network.OutputParameterization.Residual;

/**
 * What a network is trained to answer, and how an answer is judged. With z the noise, {@code x_t = a x0 + (1 - a) y + sigma z},
 * {@code w = x0 - y}, {@code s = sigma / a} and {@code c = 1 / sqrt(s^2 + s_w^2)}:
 *
 * <pre>
 *   output     network          input                            loss
 *   score      state and image  (x_t, y), sigma                  1/2 sum |sigma F + z|^2, mean over the batch
 *   residual   state and image  (c (w + s z), 2 y - 1), sigma    mean |F - c (s w / s_w - s_w z)|^2
 *   score      image alone      y, 1                             1/2 sum |F - x0|^2, mean over the batch
 *   residual   image alone      2 y - 1, 1                       mean |F - w / s_w|^2
 * </pre>
 *
 * <p>The first row is eqs. 13 to 15 of the DriftRec paper (with sigma S for the S/sigma that eq. 15 prints: only that has a target
 * of unit variance). The second is the preconditioning of {@link Residual}, whose target is here written without the
 * cancellation at small sigma. The last two are the regression baseline, which has no process: its time is 1 throughout.
 */
final class Objective {
    private final Sde sde;
    private final OutputParameterization output;
    private final boolean isRegression;

    Objective(Sde sde, OutputParameterization output, NcsnppArchitecture architecture) {
        this.sde = sde;
        this.output = output;
        this.isRegression = !architecture.isPaired();
    }

    /**
     * One batch as the network sees it.
     *
     * @param scale of the network's output before it is compared, (N, 1, 1, 1)
     * @param isSummed whether the loss is half the sum over channels and pixels instead of their mean
     */
    record Example(NDArray input, NDArray sigma, NDArray target, NDArray scale, boolean isSummed) {
        /** The loss of the network's answer {@code (N, C, H, W)}: a scalar. */
        NDArray loss(NDArray answer) {
            NDArray squares = answer.mul(scale).sub(target).square();
            return isSummed ? squares.sum().mul(0.5 / answer.getShape().get(0)) : squares.mean();
        }
    }

    /** Puts a batch on the manager's device. */
    Example example(TrainingBatch batch, NDManager manager) {
        Shape shape = batch.shape();
        NDArray clean = manager.create(batch.clean(), shape);
        NDArray corrupted = manager.create(batch.corrupted(), shape);
        int samples = batch.times().length;
        if (isRegression) {
            return regression(clean, corrupted, samples, manager);
        }
        NDArray noise = manager.create(batch.noise(), shape);
        double[] times = batch.times();
        return output instanceof Residual residual
                ? residual(clean, corrupted, noise, times, residual.residualStd(), manager)
                : score(clean, corrupted, noise, times, manager);
    }

    private Example regression(NDArray clean, NDArray corrupted, int samples, NDManager manager) {
        NDArray one = manager.ones(new Shape(samples));
        NDArray unscaled = perSample(one);
        if (output instanceof Residual residual) {
            NDArray target = clean.sub(corrupted).div(residual.residualStd());
            return new Example(corrupted.mul(2).sub(1), one, target, unscaled, false);
        }
        return new Example(corrupted, one, clean, unscaled, true);
    }

    private Example score(NDArray clean, NDArray corrupted, NDArray noise, double[] times, NDManager manager) {
        NDArray sigma = scalars(times, sde::std, manager);
        NDArray signal = perSample(scalars(times, sde::signal, manager));
        NDArray scale = perSample(sigma);
        NDArray state = clean.sub(corrupted).mul(signal).add(corrupted).add(noise.mul(scale));
        NDArray input = NDArrays.concat(new NDList(state, corrupted), 1);
        return new Example(input, sigma, noise.neg(), scale, true);
    }

    private Example residual(
            NDArray clean, NDArray corrupted, NDArray noise, double[] times, double residualStd, NDManager manager) {
        NDArray sigma = scalars(times, sde::std, manager);
        NDArray ratio = perSample(scalars(times, t -> sde.std(t) / sde.signal(t), manager));
        NDArray scale =
                perSample(scalars(times, t -> 1 / Math.hypot(sde.std(t) / sde.signal(t), residualStd), manager));
        NDArray residual = clean.sub(corrupted);
        NDArray state = residual.add(noise.mul(ratio)).mul(scale);
        NDArray target =
                residual.mul(ratio).div(residualStd).sub(noise.mul(residualStd)).mul(scale);
        NDArray input = NDArrays.concat(new NDList(state, corrupted.mul(2).sub(1)), 1);
        return new Example(input, sigma, target, perSample(manager.ones(new Shape(times.length))), false);
    }

    private static NDArray scalars(double[] times, java.util.function.DoubleUnaryOperator of, NDManager manager) {
        float[] values = new float[times.length];
        for (int i = 0; i < times.length; i++) {
            values[i] = (float) of.applyAsDouble(times[i]);
        }
        return manager.create(values);
    }

    private static NDArray perSample(NDArray scalars) {
        return scalars.reshape(-1, 1, 1, 1);
    }
}
