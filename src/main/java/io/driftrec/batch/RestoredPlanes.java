package io.driftrec.batch;

import java.time.Duration;

/** What a job ends in: the restored image, and what it took. Not a record, because it holds an array. */
public final class RestoredPlanes {
    private final int height;
    private final int width;
    private final float[] planes;
    private final int evaluations;
    private final Duration waitingTime;
    private final Duration samplingTime;

    RestoredPlanes(
            int height, int width, float[] planes, int evaluations, Duration waitingTime, Duration samplingTime) {
        this.height = height;
        this.width = width;
        this.planes = planes;
        this.evaluations = evaluations;
        this.waitingTime = waitingTime;
        this.samplingTime = samplingTime;
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

    /** From submission to the start of the first sample. */
    public Duration waitingTime() {
        return waitingTime;
    }

    /** From the start of the first sample to the end of the last; time shared with other jobs counts in full. */
    public Duration samplingTime() {
        return samplingTime;
    }
}
