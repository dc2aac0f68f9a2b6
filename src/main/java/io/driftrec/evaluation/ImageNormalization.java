package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;
import io.driftrec.network.Tensor;
import java.util.List;

/**
 * How a network wants the samples of an image: {@code (sample / 255 - mean) / std}, for each of red, green and blue.
 *
 * @param mean three finite numbers
 * @param std three numbers above 0
 */
public record ImageNormalization(List<Double> mean, List<Double> std) {
    private static final int CHANNELS = 3;

    /** Samples in [0, 1]. */
    public static final ImageNormalization UNIT = same(0, 1);

    /** Samples in [-1, 1]. */
    public static final ImageNormalization SIGNED = same(0.5, 0.5);

    /** Mean and standard deviation of ImageNet, as torchvision's networks were trained with. */
    public static final ImageNormalization IMAGENET =
            new ImageNormalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

    public ImageNormalization {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != CHANNELS || !mean.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("mean must be three finite numbers, not " + mean);
        }
        if (std.size() != CHANNELS || !std.stream().allMatch(value -> value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException("std must be three numbers above 0, not " + std);
        }
    }

    private static ImageNormalization same(double mean, double std) {
        return new ImageNormalization(List.of(mean, mean, mean), List.of(std, std, std));
    }

    /** The image as a batch of one: (1, 3, H, W), float32. */
    Tensor apply(Rgb8 image) {
        float[] planes = new float[CHANNELS * image.pixels()];
        for (int channel = 0; channel < CHANNELS; channel++) {
            double scale = 1 / (255 * std.get(channel));
            double offset = mean.get(channel) / std.get(channel);
            int start = channel * image.pixels();
            for (int i = 0; i < image.pixels(); i++) {
                planes[start + i] = (float) (image.sample(i, channel) * scale - offset);
            }
        }
        return Tensor.of(List.of(1L, (long) CHANNELS, (long) image.height(), (long) image.width()), planes);
    }
}
