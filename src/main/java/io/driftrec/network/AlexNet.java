package io.driftrec.network;

import java.util.ArrayList;
import java.util.List;

/** The convolutions of AlexNet in torchvision's form (Krizhevsky, "One weird trick", 2014), under torchvision's names. */
final class AlexNet {
    private AlexNet() {}

    /** The features after each of the five ReLUs. */
    static List<FeatureMap> stages(ConvolutionEmitter emitter, FeatureMap image) {
        List<FeatureMap> stages = new ArrayList<>();
        stages.add(emitter.relu(emitter.convolution("features.0", image, Kernel.square(11, 4, 2))));
        stages.add(emitter.relu(
                emitter.convolution("features.3", emitter.maxPool(stages.get(0), 2, 0, false), Kernel.same(5, 5))));
        stages.add(emitter.relu(
                emitter.convolution("features.6", emitter.maxPool(stages.get(1), 2, 0, false), Kernel.same(3, 3))));
        stages.add(emitter.relu(emitter.convolution("features.8", stages.get(2), Kernel.same(3, 3))));
        stages.add(emitter.relu(emitter.convolution("features.10", stages.get(3), Kernel.same(3, 3))));
        return stages;
    }
}
