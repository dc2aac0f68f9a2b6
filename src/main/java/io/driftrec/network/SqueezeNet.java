package io.driftrec.network;

import java.util.ArrayList;
import java.util.List;

/** SqueezeNet 1.1 (Iandola et al., 2016) under torchvision's names. */
final class SqueezeNet {
    private SqueezeNet() {}

    /** The features after the first ReLU, after the fire modules before each pooling, and after each of the last four. */
    static List<FeatureMap> stages(ConvolutionEmitter emitter, FeatureMap image) {
        List<FeatureMap> stages = new ArrayList<>();
        FeatureMap features = emitter.relu(emitter.convolution("features.0", image, Kernel.square(3, 2, 0)));
        stages.add(features);
        for (int pair : new int[] {3, 6}) {
            features = fire(emitter, pair, emitter.maxPool(features, 2, 0, true));
            features = fire(emitter, pair + 1, features);
            stages.add(features);
        }
        features = emitter.maxPool(features, 2, 0, true);
        for (int index = 9; index <= 12; index++) {
            features = fire(emitter, index, features);
            stages.add(features);
        }
        return stages;
    }

    /** The logits from the last features: a convolution to classes, its ReLU, the mean over height and width. */
    static String logits(ConvolutionEmitter emitter, FeatureMap features) {
        return emitter.pooled(emitter.relu(emitter.convolution("classifier.1", features, Kernel.POINT)));
    }

    private static FeatureMap fire(ConvolutionEmitter emitter, int index, FeatureMap input) {
        String prefix = "features." + index;
        FeatureMap squeezed = emitter.relu(emitter.convolution(prefix + ".squeeze", input, Kernel.POINT));
        return emitter.concatenated(List.of(
                emitter.relu(emitter.convolution(prefix + ".expand1x1", squeezed, Kernel.POINT)),
                emitter.relu(emitter.convolution(prefix + ".expand3x3", squeezed, Kernel.same(3, 3)))));
    }
}
