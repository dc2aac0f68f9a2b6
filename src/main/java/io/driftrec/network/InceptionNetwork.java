package io.driftrec.network;

import java.util.List;

/**
 * Inception v3 (Szegedy et al., 2015) as the authors of FID use it, under torchvision's names. It differs from torchvision's:
 * average pooling leaves the zeros beyond the border out of the count, and the last block pools by maximum.
 */
final class InceptionNetwork {
    private static final double EPSILON = 1e-3;

    private final ConvolutionEmitter emitter;

    InceptionNetwork(ConvolutionEmitter emitter) {
        this.emitter = emitter;
    }

    /** The last features, before the pooling that FID takes. */
    FeatureMap features(FeatureMap image) {
        FeatureMap x = basic("Conv2d_1a_3x3", image, Kernel.square(3, 2, 0));
        x = basic("Conv2d_2a_3x3", x, Kernel.square(3, 1, 0));
        x = basic("Conv2d_2b_3x3", x, Kernel.same(3, 3));
        x = halved(x);
        x = basic("Conv2d_3b_1x1", x, Kernel.POINT);
        x = basic("Conv2d_4a_3x3", x, Kernel.square(3, 1, 0));
        x = halved(x);
        for (String name : List.of("Mixed_5b", "Mixed_5c", "Mixed_5d")) {
            x = blockA(name + ".", x);
        }
        x = blockB("Mixed_6a.", x);
        for (String name : List.of("Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e")) {
            x = blockC(name + ".", x);
        }
        x = blockD("Mixed_7a.", x);
        x = blockE("Mixed_7b.", x, mean(x));
        return blockE("Mixed_7c.", x, emitter.maxPool(x, 1, 1, false));
    }

    private FeatureMap blockA(String block, FeatureMap x) {
        return emitter.concatenated(List.of(
                point(block + "branch1x1", x),
                basic(block + "branch5x5_2", point(block + "branch5x5_1", x), Kernel.same(5, 5)),
                double3x3(block, x, Kernel.same(3, 3)),
                point(block + "branch_pool", mean(x))));
    }

    private FeatureMap blockB(String block, FeatureMap x) {
        return emitter.concatenated(List.of(
                basic(block + "branch3x3", x, Kernel.square(3, 2, 0)),
                double3x3(block, x, Kernel.square(3, 2, 0)),
                halved(x)));
    }

    private FeatureMap blockC(String block, FeatureMap x) {
        FeatureMap single = row(block + "branch7x7_2", point(block + "branch7x7_1", x));
        FeatureMap twice = column(block + "branch7x7dbl_2", point(block + "branch7x7dbl_1", x));
        twice = column(block + "branch7x7dbl_4", row(block + "branch7x7dbl_3", twice));
        return emitter.concatenated(List.of(
                point(block + "branch1x1", x),
                column(block + "branch7x7_3", single),
                row(block + "branch7x7dbl_5", twice),
                point(block + "branch_pool", mean(x))));
    }

    private FeatureMap blockD(String block, FeatureMap x) {
        FeatureMap seven = row(block + "branch7x7x3_2", point(block + "branch7x7x3_1", x));
        seven = column(block + "branch7x7x3_3", seven);
        return emitter.concatenated(List.of(
                basic(block + "branch3x3_2", point(block + "branch3x3_1", x), Kernel.square(3, 2, 0)),
                basic(block + "branch7x7x3_4", seven, Kernel.square(3, 2, 0)),
                halved(x)));
    }

    private FeatureMap blockE(String block, FeatureMap x, FeatureMap pooled) {
        FeatureMap single = point(block + "branch3x3_1", x);
        FeatureMap twice = basic(block + "branch3x3dbl_2", point(block + "branch3x3dbl_1", x), Kernel.same(3, 3));
        return emitter.concatenated(List.of(
                point(block + "branch1x1", x),
                cross(block + "branch3x3_2", single),
                cross(block + "branch3x3dbl_3", twice),
                point(block + "branch_pool", pooled)));
    }

    private FeatureMap double3x3(String block, FeatureMap x, Kernel last) {
        FeatureMap first = point(block + "branch3x3dbl_1", x);
        return basic(block + "branch3x3dbl_3", basic(block + "branch3x3dbl_2", first, Kernel.same(3, 3)), last);
    }

    private FeatureMap cross(String prefix, FeatureMap x) {
        return emitter.concatenated(
                List.of(basic(prefix + "a", x, Kernel.same(1, 3)), basic(prefix + "b", x, Kernel.same(3, 1))));
    }

    private FeatureMap row(String prefix, FeatureMap x) {
        return basic(prefix, x, Kernel.same(1, 7));
    }

    private FeatureMap column(String prefix, FeatureMap x) {
        return basic(prefix, x, Kernel.same(7, 1));
    }

    private FeatureMap point(String prefix, FeatureMap x) {
        return basic(prefix, x, Kernel.POINT);
    }

    private FeatureMap basic(String prefix, FeatureMap x, Kernel kernel) {
        String norm = prefix + ".bn.";
        return emitter.relu(emitter.batchNorm(
                norm + "weight",
                norm + "bias",
                norm + "running_mean",
                norm + "running_var",
                emitter.unbiased(prefix + ".conv.weight", x, kernel),
                EPSILON));
    }

    private FeatureMap halved(FeatureMap x) {
        return emitter.maxPool(x, 2, 0, false);
    }

    private FeatureMap mean(FeatureMap x) {
        return emitter.map("avg_pool2d", x, List.of(3, 3), List.of(1, 1), List.of(1, 1), false, false);
    }
}
