package io.driftrec.evaluation;

import io.driftrec.image.Picture;
import io.driftrec.image.Rgb8;
import io.driftrec.network.ImageNetwork;
import io.driftrec.network.RecognitionProgram;
import io.driftrec.network.Safetensors;
import io.driftrec.network.Tensor;
import io.driftrec.network.TensorEngine;
import java.util.Arrays;
import java.util.function.Function;

/**
 * What a network that recognises images sees at an early stage, as a picture: sixteen feature maps of SqueezeNet 1.1 in a square, as
 * in Figure 9 of the DriftRec paper. Block borders that the eye overlooks stand out there as edges.
 */
public final class FeatureMaps implements AutoCloseable {
    private static final int MAPS_IN_A_ROW = 4;
    private static final int MAPS = MAPS_IN_A_ROW * MAPS_IN_A_ROW;

    private final ImageNetwork network;

    private FeatureMaps(ImageNetwork network) {
        this.network = network;
    }

    /**
     * @param weights {@code features.*} under torchvision's names
     * @throws io.driftrec.network.InvalidModelException when the weights are others
     */
    public static FeatureMaps squeezeNet(TensorEngine engine, Safetensors weights) {
        return new FeatureMaps(ImageNetwork.load(engine, RecognitionProgram.squeezeNetMaps(weights)));
    }

    /**
     * From images to their maps, grey, a quarter as high and wide as the image each.
     *
     * @param clean gives the scale: white is the largest value that a map has in it
     */
    public Function<Rgb8, Picture> scaledTo(Rgb8 clean) {
        float[] scale = largest(network.run(ImageNormalization.IMAGENET.apply(clean)));
        return image -> picture(network.run(ImageNormalization.IMAGENET.apply(image)), scale);
    }

    private static Picture picture(Tensor maps, float[] scale) {
        float[] values = maps.toFloats();
        int height = Math.toIntExact(maps.shape().get(2));
        int width = Math.toIntExact(maps.shape().get(3));
        float[] square = new float[MAPS * height * width];
        for (int i = 0; i < square.length; i++) {
            int map = i / (height * width);
            int row = map / MAPS_IN_A_ROW * height + i / width % height;
            int column = map % MAPS_IN_A_ROW * width + i % width;
            square[row * MAPS_IN_A_ROW * width + column] = Math.min(1, values[i] / scale[map]);
        }
        float[] grey = new float[Picture.CHANNELS * square.length];
        for (int channel = 0; channel < Picture.CHANNELS; channel++) {
            System.arraycopy(square, 0, grey, channel * square.length, square.length);
        }
        return Picture.rgb(MAPS_IN_A_ROW * width, MAPS_IN_A_ROW * height, grey);
    }

    /** The largest value of each map; the least positive number where a map is zero. */
    private static float[] largest(Tensor maps) {
        float[] values = maps.toFloats();
        int area = Math.toIntExact(maps.shape().get(2) * maps.shape().get(3));
        float[] largest = new float[MAPS];
        Arrays.fill(largest, Float.MIN_NORMAL);
        for (int i = 0; i < MAPS * area; i++) {
            largest[i / area] = Math.max(largest[i / area], values[i]);
        }
        return largest;
    }

    @Override
    public void close() {
        network.close();
    }
}
