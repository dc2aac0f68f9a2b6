package io.driftrec.training;

import ai.djl.ndarray.types.Shape;
import io.driftrec.image.Picture;
import java.util.List;

/**
 * Samples side by side in host memory. The arrays are not to be written to.
 *
 * <p>Shapes: {@code clean, corrupted, noise: (N, 3, H, W)} row-major, colours in [0, 1]; {@code times, starts: (N)}.
 */
final class TrainingBatch {
    private final Shape shape;
    private final float[] clean;
    private final float[] corrupted;
    private final float[] noise;
    private final double[] times;
    private final boolean[] starts;

    TrainingBatch(List<Patches.Sample> samples) {
        Picture first = samples.get(0).clean();
        shape = new Shape(samples.size(), Picture.CHANNELS, first.height(), first.width());
        int size = first.planes().length;
        clean = new float[samples.size() * size];
        corrupted = new float[clean.length];
        noise = new float[clean.length];
        times = new double[samples.size()];
        starts = new boolean[samples.size()];
        for (int i = 0; i < samples.size(); i++) {
            Patches.Sample sample = samples.get(i);
            System.arraycopy(sample.clean().planes(), 0, clean, i * size, size);
            System.arraycopy(sample.corrupted().planes(), 0, corrupted, i * size, size);
            System.arraycopy(sample.noise(), 0, noise, i * size, size);
            times[i] = sample.time();
            starts[i] = sample.isStart();
        }
    }

    Shape shape() {
        return shape;
    }

    float[] clean() {
        return clean;
    }

    float[] corrupted() {
        return corrupted;
    }

    float[] noise() {
        return noise;
    }

    double[] times() {
        return times;
    }

    /** Whose state is the corrupted image itself; see {@link TimeSettings#startShare}. */
    boolean[] starts() {
        return starts;
    }
}
