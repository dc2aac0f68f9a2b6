package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;

/** A distance between images that a trained network computes. One thread at a time; whoever opened it closes it. */
public interface PerceptualMetric extends AutoCloseable {
    /** The name of its column in tables, such as {@code LPIPS}. */
    String name();

    /**
     * The distance of a restored image from its reference.
     *
     * @return 0 or more, smaller is better; 0 for equal images
     * @throws IllegalArgumentException for images of different sizes, or too small for the network
     */
    double distance(Rgb8 restored, Rgb8 reference);

    /** The least width and height of an image, in pixels. */
    int smallestSide();

    @Override
    default void close() {}
}
