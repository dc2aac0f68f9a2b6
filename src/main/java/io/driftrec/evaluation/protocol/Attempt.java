package io.driftrec.evaluation.protocol;

import io.driftrec.image.Rgb8;

/** What became of one image under one method. */
public sealed interface Attempt {
    /**
     * It was restored.
     *
     * @param evaluations of a network, all samples together; 0 for a method without one of ours
     * @param seconds of wall-clock time: where images are restored side by side, the time of all over their number
     */
    record Restored(Rgb8 image, int evaluations, double seconds) implements Attempt {}

    /** It was not. */
    record Failed(String reason) implements Attempt {}
}
