package io.driftrec.batch;

/** What a job ends in: the restored image, and what it took. Not a record, because it holds an array. */
public final class RestoredPlanes {
    private final int height;
    private final int width;
    private final float[] planes;
    private final int evaluations;

    RestoredPlanes(int height, int width, float[] planes, int evaluations) {
        this.height = height;
        this.width = width;
        this.planes = planes;
        this.evaluations = evaluations;
    }

    /** Height in pixels, that of the job. */
    public int height() {
        return height;
    }

    /** Width in pixels, that of the job. */
    public int width() {
        return width;
    }

    /** {@code (3, H, W)}, RGB, finite, averaged over the samples in float, not clamped to [0, 1]; the receiver's own array. */
    public float[] planes() {
        return planes;
    }

    /** Evaluations of the whole image, counted, summed over the samples; the tiles of one evaluation count once. */
    public int evaluations() {
        return evaluations;
    }
}
