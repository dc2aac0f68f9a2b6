package io.driftrec.network;

import java.util.List;

/**
 * Writes networks that recognise images as TorchScript programs, from weights that the user has: what metrics and the
 * classification of restored images need. Weights are safetensors under the names of the implementation that they come from.
 *
 * <p>All take images of any batch size and of any height and width that the network's poolings leave something of.
 * Every method throws {@link InvalidModelException} when the weights are not those of the network.
 */
public final class RecognitionProgram {
    private static final int RGB = 3;
    private static final int INCEPTION_SIZE = 299;
    private static final int INCEPTION_DIMENSION = 2048;
    private static final int CLASSES = 1000;

    private RecognitionProgram() {}

    /** The class scores of SqueezeNet 1.1 (torchvision): {@code (N, 3, H, W)}, normalised, to logits {@code (N, 1000)}. */
    public static TorchScriptProgram squeezeNetLogits(Safetensors weights) {
        ConvolutionEmitter emitter = emitter(weights);
        return emitter.source().returning(SqueezeNet.logits(emitter, squeezeNet(emitter)));
    }

    /** The pooled last features of SqueezeNet 1.1: {@code (N, 3, H, W)}, normalised, to {@code (N, 512)}. */
    public static TorchScriptProgram squeezeNetFeatures(Safetensors weights) {
        ConvolutionEmitter emitter = emitter(weights);
        return emitter.source().returning(emitter.pooled(squeezeNet(emitter)));
    }

    /** Early features of SqueezeNet 1.1: {@code (N, 3, H, W)}, normalised, to about {@code (N, 128, H / 4, W / 4)}, none negative. */
    public static TorchScriptProgram squeezeNetMaps(Safetensors weights) {
        ConvolutionEmitter emitter = emitter(weights);
        String maps = SqueezeNet.stages(emitter, image()).get(1).value();
        return emitter.source().returning(emitter.source().call("contiguous", maps));
    }

    /** The class scores of MobileNet v1 (Keras): {@code (N, 3, H, W)} in [-1, 1] to logits {@code (N, 1000)}. */
    public static TorchScriptProgram mobileNetLogits(Safetensors weights) {
        ConvolutionEmitter emitter = emitter(weights);
        return emitter.source().returning(MobileNet.logits(emitter, MobileNet.features(emitter, image()), CLASSES));
    }

    /** The pooled last features of MobileNet v1: {@code (N, 3, H, W)} in [-1, 1] to {@code (N, 1024 width)}. */
    public static TorchScriptProgram mobileNetFeatures(Safetensors weights) {
        ConvolutionEmitter emitter = emitter(weights);
        return emitter.source().returning(emitter.pooled(MobileNet.features(emitter, image())));
    }

    /**
     * The features of FID and KID: the pooled last features of Inception v3 with the weights of the metric's authors (the
     * graph {@code pt_inception-2015-12-05}, as PyTorch names its tensors): {@code (N, 3, H, W)} in [0, 1], resized to 299x299
     * bilinearly without filtering, to {@code (N, 2048)}.
     */
    public static TorchScriptProgram inceptionFeatures(Safetensors weights) {
        ConvolutionEmitter emitter = emitter(weights);
        FeatureMap resized =
                emitter.map("upsample_bilinear2d", image(), List.of(INCEPTION_SIZE, INCEPTION_SIZE), false);
        FeatureMap signed = emitter.map("sub", emitter.map("mul", resized, 2.0), 1.0);
        FeatureMap features = new InceptionNetwork(emitter).features(signed);
        if (features.channels() != INCEPTION_DIMENSION) {
            throw new InvalidModelException("not the Inception network of FID: it ends in %d features, not %d"
                    .formatted(features.channels(), INCEPTION_DIMENSION));
        }
        return emitter.source().returning(emitter.pooled(features));
    }

    private static FeatureMap squeezeNet(ConvolutionEmitter emitter) {
        List<FeatureMap> stages = SqueezeNet.stages(emitter, image());
        return stages.get(stages.size() - 1);
    }

    private static ConvolutionEmitter emitter(Safetensors weights) {
        return new ConvolutionEmitter(weights, new ProgramSource("x"));
    }

    private static FeatureMap image() {
        return new FeatureMap("x", RGB);
    }
}
