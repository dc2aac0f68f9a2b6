package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;
import io.driftrec.network.ImageNetwork;
import io.driftrec.network.RecognitionProgram;
import io.driftrec.network.Safetensors;
import io.driftrec.network.TensorEngine;
import io.driftrec.network.TorchScriptProgram;

/**
 * Features of a network that recognises images: the mean over the image of its last features.
 *
 * <p>Only Inception's give FID and KID. The others stand in where its weights are not at hand, under their own names, and see
 * the whole image in its own size; their distances are comparable among each other only.
 */
public final class NetworkFeatures implements FeatureExtractor {
    private static final int SMALLEST_SIDE = 32;

    private final String name;
    private final ImageNormalization normalization;
    private final ImageNetwork network;
    private final int dimension;
    private final boolean isInception;

    private NetworkFeatures(
            String name, ImageNormalization normalization, ImageNetwork network, int dimension, boolean isInception) {
        this.name = name;
        this.normalization = normalization;
        this.network = network;
        this.dimension = dimension;
        this.isInception = isInception;
    }

    private static NetworkFeatures open(
            String name,
            TensorEngine engine,
            TorchScriptProgram program,
            ImageNormalization normalization,
            boolean isInception) {
        Rgb8 black = new Rgb8(SMALLEST_SIDE, SMALLEST_SIDE, new byte[3 * SMALLEST_SIDE * SMALLEST_SIDE]);
        ImageNetwork network = ImageNetwork.load(engine, program);
        try {
            int dimension = network.run(normalization.apply(black)).size();
            return new NetworkFeatures(name, normalization, network, dimension, isInception);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /**
     * The features of FID and KID: 2048 values, after a resize to 299x299.
     *
     * <p>The network was checked against an independent PyTorch model with random weights, for want of the original ones.
     *
     * @param weights of the graph {@code pt_inception-2015-12-05} under the names of its PyTorch module
     * @throws io.driftrec.network.InvalidModelException when the weights are others
     */
    public static NetworkFeatures inception(TensorEngine engine, Safetensors weights) {
        return open("Inception", engine, RecognitionProgram.inceptionFeatures(weights), ImageNormalization.UNIT, true);
    }

    /**
     * 512 values of SqueezeNet 1.1.
     *
     * @param weights under torchvision's names
     * @throws io.driftrec.network.InvalidModelException when the weights are others
     */
    public static NetworkFeatures squeezeNet(TensorEngine engine, Safetensors weights) {
        return open(
                "SqueezeNet",
                engine,
                RecognitionProgram.squeezeNetFeatures(weights),
                ImageNormalization.IMAGENET,
                false);
    }

    /**
     * Values of MobileNet v1: 768 for the width 0.75.
     *
     * @param weights under the names of Keras
     * @throws io.driftrec.network.InvalidModelException when the weights are others
     */
    public static NetworkFeatures mobileNet(TensorEngine engine, Safetensors weights) {
        return open(
                "MobileNet", engine, RecognitionProgram.mobileNetFeatures(weights), ImageNormalization.SIGNED, false);
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
    public int dimension() {
        return dimension;
    }

    @Override
    public float[] features(Rgb8 image) {
        SmallestSide.check(image, SMALLEST_SIDE, name);
        return network.run(normalization.apply(image)).toFloats();
    }

    @Override
    public String frechetName() {
        return isInception ? "FID" : FeatureExtractor.super.frechetName();
    }

    @Override
    public String kernelName() {
        return isInception ? "KID" : FeatureExtractor.super.kernelName();
    }

    @Override
    public void close() {
        network.close();
    }
}
