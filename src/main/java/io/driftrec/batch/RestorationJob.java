package io.driftrec.batch;

import io.driftrec.diffusion.Sampler;
import io.driftrec.network.ScoreNetwork;
import java.util.Objects;

/**
 * One image to restore: its pixels, the network and the sampler, and how many samples to average. Immutable, except that it
 * may share the caller's pixel array, which must not be written to while the job lasts.
 *
 * <pre>{@code
 * RestorationJob job = RestorationJob.builder(network, sampler, noise)
 *         .image(height, width, planes)
 *         .seed(7)
 *         .samples(4)
 *         .build();
 * }</pre>
 */
public final class RestorationJob {
    /** Red, green, blue. */
    static final int CHANNELS = 3;

    private final ScoreNetwork network;
    private final Sampler sampler;
    private final NoiseFactory noise;
    private final int height;
    private final int width;
    private final float[] paddedPlanes;
    private final TilePlan plan;
    private final long seed;
    private final int samples;
    private final ProgressListener progress;

    private RestorationJob(Builder builder) {
        network = builder.network;
        sampler = builder.sampler;
        noise = builder.noise;
        height = builder.height;
        width = builder.width;
        seed = builder.seed;
        samples = builder.samples;
        progress = builder.progress;
        // here and not on the lane's thread, which has the device to feed
        paddedPlanes = ReflectPadding.pad(builder.planes, height, width, paddedHeight(), paddedWidth());
        plan = TilePlan.of(paddedHeight(), paddedWidth(), builder.tiling);
    }

    /** A job without an image yet; the rest has defaults: seed 0, one sample, {@link Tiling#DEFAULT}, nobody listening. */
    public static Builder builder(ScoreNetwork network, Sampler sampler, NoiseFactory noise) {
        return new Builder(network, sampler, noise);
    }

    ScoreNetwork network() {
        return network;
    }

    Sampler sampler() {
        return sampler;
    }

    NoiseFactory noise() {
        return noise;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /** The next multiple of the network's size multiple. */
    int paddedHeight() {
        return ReflectPadding.padded(height, network.sizeMultiple());
    }

    /** The next multiple of the network's size multiple. */
    int paddedWidth() {
        return ReflectPadding.padded(width, network.sizeMultiple());
    }

    /** The image, {@code (3, H, W)} of the padded size. */
    float[] paddedPlanes() {
        return paddedPlanes;
    }

    /** The tiles of the padded image. */
    TilePlan plan() {
        return plan;
    }

    long seed() {
        return seed;
    }

    int samples() {
        return samples;
    }

    ProgressListener progress() {
        return progress;
    }

    /** Evaluations of the whole image that all samples together are expected to need. */
    int expectedEvaluations() {
        return samples * sampler.expectedEvaluations();
    }

    /** Gathers what a {@link RestorationJob} needs. */
    public static final class Builder {
        private final ScoreNetwork network;
        private final Sampler sampler;
        private final NoiseFactory noise;
        private int height;
        private int width;
        private float[] planes = {};
        private long seed;
        private int samples = 1;
        private Tiling tiling = Tiling.DEFAULT;
        private ProgressListener progress = (evaluations, expected) -> {};

        private Builder(ScoreNetwork network, Sampler sampler, NoiseFactory noise) {
            this.network = Objects.requireNonNull(network, "network");
            this.sampler = Objects.requireNonNull(sampler, "sampler");
            this.noise = Objects.requireNonNull(noise, "noise");
        }

        /**
         * The corrupted image, of any size from 1 x 1; the lane pads it and crops the result.
         *
         * @param planes {@code (3, H, W)}, row-major, RGB in [0, 1]; copied only when it is padded
         */
        public Builder image(int height, int width, float[] planes) {
            this.height = height;
            this.width = width;
            this.planes = Objects.requireNonNull(planes, "planes");
            return this;
        }

        /** Decides the noise, together with the number of the sample. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** How many independent samples to average; at least 1. */
        public Builder samples(int samples) {
            this.samples = samples;
            return this;
        }

        /** Tiles or the whole image. */
        public Builder tiling(Tiling tiling) {
            this.tiling = Objects.requireNonNull(tiling, "tiling");
            return this;
        }

        /** Who hears of each evaluation. */
        public Builder progress(ProgressListener progress) {
            this.progress = Objects.requireNonNull(progress, "progress");
            return this;
        }

        /**
         * The job.
         *
         * @throws IllegalArgumentException when the size, the number of values, the number of samples or the tiles are not possible
         */
        public RestorationJob build() {
            require(height >= 1 && width >= 1, "image must have pixels: " + height + " x " + width);
            require(
                    planes.length == (long) CHANNELS * height * width,
                    "planes must have 3 x " + height + " x " + width + " values: " + planes.length);
            require(samples >= 1, "samples must be at least 1: " + samples);
            if (tiling instanceof Tiling.Tiles tiles) {
                require(
                        tiles.size() % network.sizeMultiple() == 0,
                        "tile size must be a multiple of " + network.sizeMultiple() + ": " + tiles.size());
            }
            return new RestorationJob(this);
        }

        private static void require(boolean holds, String message) {
            if (!holds) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
