package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;
import io.driftrec.network.ImageNetwork;
import io.driftrec.network.LpipsProgram;
import io.driftrec.network.LpipsProgram.Backbone;
import io.driftrec.network.Safetensors;
import io.driftrec.network.TensorEngine;

/**
 * Learned perceptual image patch similarity, version 0.1 ({@link LpipsProgram} has the definition), of whole images without
 * resizing. The paper's tables have the AlexNet backbone. The same for both orders of the arguments.
 */
public final class Lpips implements PerceptualMetric {
    /** The smallest side for which every stage of both backbones has a feature. */
    static final int SMALLEST_SIDE = 31;

    private final String name;
    private final ImageNetwork network;

    private Lpips(String name, ImageNetwork network) {
        this.name = name;
        this.network = network;
    }

    /**
     * The metric of the paper's tables, {@code LPIPS}.
     *
     * @param weights convolutions {@code features.*} of AlexNet and heads {@code lpips.lin0} to {@code lpips.lin4}
     * @throws io.driftrec.network.InvalidModelException when the weights are others
     */
    public static Lpips alexNet(TensorEngine engine, Safetensors weights) {
        return new Lpips("LPIPS", ImageNetwork.load(engine, LpipsProgram.of(Backbone.ALEX_NET, weights)));
    }

    /**
     * The metric with a backbone that the other one's optimisers did not see, {@code LPIPS-Squeeze}.
     *
     * @param weights convolutions {@code features.*} of SqueezeNet 1.1 and heads {@code lpips.lin0} to {@code lpips.lin6}
     * @throws io.driftrec.network.InvalidModelException when the weights are others
     */
    public static Lpips squeezeNet(TensorEngine engine, Safetensors weights) {
        return new Lpips("LPIPS-Squeeze", ImageNetwork.load(engine, LpipsProgram.of(Backbone.SQUEEZE_NET, weights)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int smallestSide() {
        return SMALLEST_SIDE;
    }

    @Override
    public double distance(Rgb8 restored, Rgb8 reference) {
        Psnr.checkSameSize(restored, reference);
        SmallestSide.check(restored, SMALLEST_SIDE, "LPIPS");
        return network.run(ImageNormalization.SIGNED.apply(restored), ImageNormalization.SIGNED.apply(reference))
                .toFloats()[0];
    }

    @Override
    public void close() {
        network.close();
    }
}
