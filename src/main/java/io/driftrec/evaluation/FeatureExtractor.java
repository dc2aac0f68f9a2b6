package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;

/**
 * A trained network that describes an image by a vector, for distances between sets of images ({@link FrechetDistance},
 * {@link KernelDistance}). One thread at a time; whoever opened it closes it.
 */
public interface FeatureExtractor extends AutoCloseable {
    /** The network's name, such as {@code Inception}. */
    String name();

    /** The length of the vectors. */
    int dimension();

    /** The least width and height of an image, in pixels. */
    int smallestSide();

    /**
     * The vector of one image, independent of any other image.
     *
     * @return {@link #dimension} values, the caller's own
     * @throws IllegalArgumentException for an image too small for the network
     */
    float[] features(Rgb8 image);

    /** What the Fréchet distance of these features is called: {@code FID} is kept for the network of that metric's authors. */
    default String frechetName() {
        return "FD-" + name();
    }

    /** What the kernel distance of these features is called: {@code KID} is kept for the network of that metric's authors. */
    default String kernelName() {
        return "KD-" + name();
    }

    @Override
    default void close() {}
}
