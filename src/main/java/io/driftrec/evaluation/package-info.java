/**
 * How good a restored image is: the metrics of the paper with its settings.
 *
 * <p>{@link io.driftrec.evaluation.Psnr}, {@link io.driftrec.evaluation.Ssim}, {@link io.driftrec.evaluation.PsnrB} and
 * {@link io.driftrec.evaluation.BlockingEffectFactor} take 8 bit RGB, as files store it, and never a luma channel.
 */
@NullMarked
package io.driftrec.evaluation;

import org.jspecify.annotations.NullMarked;
