package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;

/** What all metrics that need an image of some size say of a smaller one. */
public final class SmallestSide {
    private SmallestSide() {}

    /**
     * Checks an image.
     *
     * @param least width and height, in pixels
     * @param metric for the message
     * @throws IllegalArgumentException when the image is narrower or lower
     */
    public static void check(Rgb8 image, int least, String metric) {
        if (Math.min(image.width(), image.height()) < least) {
            throw new IllegalArgumentException("image is " + image.width() + "x" + image.height() + ": " + metric
                    + " needs sides of at least " + least);
        }
    }
}
