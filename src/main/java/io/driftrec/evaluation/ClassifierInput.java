package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;
import io.driftrec.network.Tensor;

/**
 * What a classifier sees of an image, as torchvision prepares it: the shorter side resized to {@code resize} pixels, the square
 * of {@code crop} pixels in the middle, normalised.
 *
 * @param resize at least {@code crop}
 * @param crop at least 1
 */
public record ClassifierInput(int resize, int crop, ImageNormalization normalization) {
    private static final int LONGEST_SIDE = 1 << 14;

    /** The input of most torchvision networks: 256, 224, mean and standard deviation of ImageNet. */
    public static final ClassifierInput TORCHVISION = new ClassifierInput(256, 224, ImageNormalization.IMAGENET);

    public ClassifierInput {
        if (crop < 1 || resize < crop || resize > LONGEST_SIDE) {
            throw new IllegalArgumentException(
                    "a classifier's input needs 1 <= crop <= resize <= %d, not crop %d, resize %d"
                            .formatted(LONGEST_SIDE, crop, resize));
        }
    }

    /** (1, 3, crop, crop), float32. */
    Tensor prepare(Rgb8 image) {
        long shorter = Math.min(image.width(), image.height());
        int width = Math.toIntExact((long) resize * image.width() / shorter);
        int height = Math.toIntExact((long) resize * image.height() / shorter);
        return normalization.apply(middle(BilinearResize.of(image, width, height)));
    }

    private Rgb8 middle(Rgb8 image) {
        int left = (int) Math.rint((image.width() - crop) / 2.0);
        int top = (int) Math.rint((image.height() - crop) / 2.0);
        byte[] samples = new byte[3 * crop * crop];
        for (int y = 0; y < crop; y++) {
            System.arraycopy(image.samples(), 3 * ((top + y) * image.width() + left), samples, 3 * y * crop, 3 * crop);
        }
        return new Rgb8(crop, crop, samples);
    }
}
