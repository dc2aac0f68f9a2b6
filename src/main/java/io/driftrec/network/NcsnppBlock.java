package io.driftrec.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One entry of the reference implementation's module list: which tensors it has, under which names. */
sealed interface NcsnppBlock {
    /** Where the block's tensor names begin, such as {@code all_modules.4}. */
    String prefix();

    /** The block's tensors in the order of the reference implementation's {@code state_dict}. */
    List<NcsnppParameter> parameters();

    /** Fixed random frequencies: sine and cosine of {@code 2 pi W log(sigma)}. */
    record Fourier(String prefix, int frequencies) implements NcsnppBlock {
        @Override
        public List<NcsnppParameter> parameters() {
            return List.of(new NcsnppParameter(prefix + ".W", List.of((long) frequencies), false));
        }
    }

    /** An affine map of vectors. */
    record Dense(String prefix, int in, int out) implements NcsnppBlock {
        @Override
        public List<NcsnppParameter> parameters() {
            return List.of(trained(prefix + ".weight", out, in), trained(prefix + ".bias", out));
        }
    }

    /** A convolution with stride one that keeps height and width. */
    record Convolution(String prefix, int in, int out, int kernel) implements NcsnppBlock {
        @Override
        public List<NcsnppParameter> parameters() {
            return List.of(trained(prefix + ".weight", out, in, kernel, kernel), trained(prefix + ".bias", out));
        }
    }

    /** Group normalisation with {@code min(channels / 4, 32)} groups. */
    record Normalization(String prefix, int channels) implements NcsnppBlock {
        public Normalization {
            if (channels % groups(channels) != 0) {
                throw new IllegalArgumentException(
                        "%s: %d channels do not divide into %d groups".formatted(prefix, channels, groups(channels)));
            }
        }

        int groups() {
            return groups(channels);
        }

        private static int groups(int channels) {
            return Math.min(channels / 4, 32);
        }

        @Override
        public List<NcsnppParameter> parameters() {
            return List.of(trained(prefix + ".weight", channels), trained(prefix + ".bias", channels));
        }
    }

    /** What a residual block does to height and width. */
    enum Resampling {
        NONE,
        DOWN,
        UP
    }

    /** A BigGAN residual block; {@code embedding} is the width of the noise level's embedding, 0 without one. */
    record Residual(String prefix, int in, int out, Resampling resampling, int embedding) implements NcsnppBlock {
        Normalization firstNorm() {
            return new Normalization(prefix + ".GroupNorm_0", in);
        }

        Convolution firstConvolution() {
            return new Convolution(prefix + ".Conv_0", in, out, 3);
        }

        Dense noiseLevel() {
            return new Dense(prefix + ".Dense_0", embedding, out);
        }

        Normalization secondNorm() {
            return new Normalization(prefix + ".GroupNorm_1", out);
        }

        Convolution secondConvolution() {
            return new Convolution(prefix + ".Conv_1", out, out, 3);
        }

        Convolution shortcut() {
            return new Convolution(prefix + ".Conv_2", in, out, 1);
        }

        boolean isConditional() {
            return embedding > 0;
        }

        boolean hasShortcut() {
            return in != out || resampling != Resampling.NONE;
        }

        @Override
        public List<NcsnppParameter> parameters() {
            List<NcsnppBlock> parts = new ArrayList<>(List.of(firstNorm(), firstConvolution()));
            if (isConditional()) {
                parts.add(noiseLevel());
            }
            parts.addAll(List.of(secondNorm(), secondConvolution()));
            if (hasShortcut()) {
                parts.add(shortcut());
            }
            return parts.stream().flatMap(part -> part.parameters().stream()).toList();
        }
    }

    /** Adds the downsampled input image to the features. */
    record Combination(String prefix, int imageChannels, int channels) implements NcsnppBlock {
        Convolution convolution() {
            return new Convolution(prefix + ".Conv_0", imageChannels, channels, 1);
        }

        @Override
        public List<NcsnppParameter> parameters() {
            return convolution().parameters();
        }
    }

    /** Self-attention with one head over all pixels. The maps {@code NIN_k} are {@code x W + b}: W is (in, out). */
    record Attention(String prefix, int channels) implements NcsnppBlock {
        static final int MAPS = 4;

        Normalization norm() {
            return new Normalization(prefix + ".GroupNorm_0", channels);
        }

        String weight(int map) {
            return "%s.NIN_%d.W".formatted(prefix, map);
        }

        String bias(int map) {
            return "%s.NIN_%d.b".formatted(prefix, map);
        }

        @Override
        public List<NcsnppParameter> parameters() {
            List<NcsnppParameter> parameters = new ArrayList<>(norm().parameters());
            for (int map = 0; map < MAPS; map++) {
                parameters.add(trained(weight(map), channels, channels));
                parameters.add(trained(bias(map), channels));
            }
            return List.copyOf(parameters);
        }
    }

    private static NcsnppParameter trained(String name, int... shape) {
        return new NcsnppParameter(
                name, Arrays.stream(shape).asLongStream().boxed().toList(), true);
    }
}
