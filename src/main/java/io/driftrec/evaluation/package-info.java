/**
 * How good a restored image is: the metrics of the paper with its settings.
 *
 * <p>{@link io.driftrec.evaluation.Psnr}, {@link io.driftrec.evaluation.Ssim}, {@link io.driftrec.evaluation.PsnrB} and
 * {@link io.driftrec.evaluation.BlockingEffectFactor} take 8 bit RGB, as files store it, and never a luma channel. Metrics
 * that need a trained network are a {@link io.driftrec.evaluation.PerceptualMetric}, a {@link
 * io.driftrec.evaluation.FeatureExtractor} (for {@link io.driftrec.evaluation.FrechetDistance} and {@link
 * io.driftrec.evaluation.KernelDistance}) and a {@link io.driftrec.evaluation.Classifier}; their weights are the user's, found by
 * {@link io.driftrec.evaluation.MetricWeights}.
 */
@NullMarked
package io.driftrec.evaluation;

import org.jspecify.annotations.NullMarked;
