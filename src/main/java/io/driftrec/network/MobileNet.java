package io.driftrec.network;

import java.util.List;
import java.util.Set;

/**
 * MobileNet v1 (Howard et al., 2017) under the names of Keras, of any width: kernels as (out, in, H, W), depthwise ones as
 * (C, 1, H, W). A convolution with stride two sees one row and one column of zeros below and to the right, none above or to the
 * left.
 */
final class MobileNet {
    private static final int BLOCKS = 13;
    private static final Set<Integer> HALVING = Set.of(2, 4, 6, 12);
    private static final double EPSILON = 1e-3;

    private MobileNet() {}

    /** The features of the last block. */
    static FeatureMap features(ConvolutionEmitter emitter, FeatureMap image) {
        FeatureMap features =
                normalized(emitter, "conv1", emitter.unbiased("conv1/kernel", padded(emitter, image), halving()));
        for (int block = 1; block <= BLOCKS; block++) {
            String depthwise = "conv_dw_" + block;
            boolean isHalving = HALVING.contains(block);
            FeatureMap input = isHalving ? padded(emitter, features) : features;
            Kernel kernel = isHalving ? halving() : Kernel.same(3, 3);
            features =
                    normalized(emitter, depthwise, emitter.depthwise(depthwise + "/depthwise_kernel", input, kernel));
            String pointwise = "conv_pw_" + block;
            features = normalized(emitter, pointwise, emitter.unbiased(pointwise + "/kernel", features, Kernel.POINT));
        }
        return features;
    }

    /** The logits from the last features: the mean over height and width, and an affine map to classes. */
    static String logits(ConvolutionEmitter emitter, FeatureMap features, int classes) {
        FeatureMap pooled = emitter.map("mean", features, List.of(2, 3), true);
        String bias = emitter.constant("conv_preds/bias", classes);
        FeatureMap logits = emitter.convolution("conv_preds/kernel", bias, pooled, Kernel.POINT, 1);
        return emitter.source().call("flatten", logits.value(), 1);
    }

    private static Kernel halving() {
        return Kernel.square(3, 2, 0);
    }

    private static FeatureMap padded(ConvolutionEmitter emitter, FeatureMap input) {
        return emitter.map("constant_pad_nd", input, List.of(0, 1, 0, 1), 0);
    }

    private static FeatureMap normalized(ConvolutionEmitter emitter, String layer, FeatureMap input) {
        String prefix = layer + "_bn/";
        return emitter.map(
                "relu6",
                emitter.batchNorm(
                        prefix + "gamma",
                        prefix + "beta",
                        prefix + "moving_mean",
                        prefix + "moving_variance",
                        input,
                        EPSILON));
    }
}
