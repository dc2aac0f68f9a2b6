package io.driftrec.evaluation;

import io.driftrec.image.Rgb8;

/**
 * A trained network that says what an image shows: the accuracy before and after a restoration is a measure of quality
 * (Table V of the paper). It resizes and normalises images by itself. One thread at a time; whoever opened it closes it.
 */
public interface Classifier extends AutoCloseable {
    /** The network's name, such as {@code SqueezeNet-1.1}. */
    String name();

    /** The scores of all classes for one image, independent of any other image. */
    ClassScores classify(Rgb8 image);

    @Override
    default void close() {}
}
