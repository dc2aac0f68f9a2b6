package io.driftrec.evaluation.protocol;

import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Picture;
import io.driftrec.image.Rgb8;
import java.io.IOException;
import java.util.OptionalInt;

/** An image as the methods get it. Immutable, as long as nobody writes to the arrays. */
public final class DamagedImage {
    private static final int BITS = 8;

    private final CleanImage clean;
    private final Condition condition;
    private final byte[] jpeg;
    private final Rgb8 reference;
    private final long seed;

    private DamagedImage(CleanImage clean, Condition condition, byte[] jpeg, Rgb8 reference, long seed) {
        this.clean = clean;
        this.condition = condition;
        this.jpeg = jpeg;
        this.reference = reference;
        this.seed = seed;
    }

    /**
     * Reads and damages an image.
     *
     * @param evaluationSeed from which the seeds for this image and condition are derived
     */
    static DamagedImage of(
            CleanImage clean, Condition condition, long evaluationSeed, OptionalInt crop, ImageLimits limits)
            throws IOException, ImageRejectedException {
        Picture picture = clean.load(crop, limits);
        long damage = DerivedSeed.of(evaluationSeed, "damage", clean.name(), condition.id());
        return new DamagedImage(
                clean,
                condition,
                condition.jpeg(picture, damage),
                Rgb8.of(condition.shown(picture, damage)),
                DerivedSeed.of(evaluationSeed, "restoration", clean.name(), condition.id()));
    }

    public CleanImage clean() {
        return clean;
    }

    public Condition condition() {
        return condition;
    }

    /** The damaged file, the array itself. */
    public byte[] jpeg() {
        return jpeg;
    }

    /** The undamaged image in the size of the file. */
    public Rgb8 reference() {
        return reference;
    }

    /** Of whatever a method draws for this image; the same for all methods, so that they differ in nothing else. */
    public long seed() {
        return seed;
    }

    /** Of the damaged file. */
    double bitsPerPixel() {
        return (double) BITS * jpeg.length / reference.pixels();
    }
}
