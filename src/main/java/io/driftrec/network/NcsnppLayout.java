package io.driftrec.network;

import io.driftrec.network.NcsnppBlock.Attention;
import io.driftrec.network.NcsnppBlock.Combination;
import io.driftrec.network.NcsnppBlock.Convolution;
import io.driftrec.network.NcsnppBlock.Dense;
import io.driftrec.network.NcsnppBlock.Fourier;
import io.driftrec.network.NcsnppBlock.Normalization;
import io.driftrec.network.NcsnppBlock.Resampling;
import io.driftrec.network.NcsnppBlock.Residual;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of an architecture and how they hang together. The blocks are numbered in the order in which the reference
 * implementation creates them, which is the order in which they run.
 *
 * @param output the last 1x1 convolution, which stands outside the numbered list
 */
record NcsnppLayout(
        Convolution output,
        Optional<Embedding> embedding,
        Convolution stem,
        List<DownLevel> down,
        Bottleneck bottleneck,
        List<UpLevel> up,
        List<NcsnppBlock> numbered) {

    /** The noise level's embedding. */
    record Embedding(Fourier fourier, Dense first, Dense second) {}

    /** One resolution on the way down; {@code attentions} has one entry per block or none. */
    record DownLevel(List<Residual> blocks, List<Attention> attentions, Optional<DownStep> step) {}

    /** The way to the next lower resolution. */
    record DownStep(Residual block, Combination combination) {}

    /** The lowest resolution. */
    record Bottleneck(Residual first, Attention attention, Residual second) {}

    /** One resolution on the way up, with its contribution to the output pyramid. */
    record UpLevel(
            List<Residual> blocks,
            Optional<Attention> attention,
            Normalization imageNorm,
            Convolution image,
            Optional<Residual> step) {}

    static NcsnppLayout of(NcsnppArchitecture architecture) {
        return new Builder(architecture).build();
    }

    List<NcsnppParameter> parameters() {
        List<NcsnppParameter> parameters = new ArrayList<>(output.parameters());
        numbered.forEach(block -> parameters.addAll(block.parameters()));
        return List.copyOf(parameters);
    }

    private static final class Builder {
        private final NcsnppArchitecture architecture;
        private final int embeddingWidth;
        private final List<NcsnppBlock> numbered = new ArrayList<>();
        private final Deque<Integer> skippedChannels = new ArrayDeque<>();
        private int channels;

        Builder(NcsnppArchitecture architecture) {
            this.architecture = architecture;
            this.embeddingWidth = architecture.conditional() ? 4 * architecture.nf() : 0;
            this.channels = architecture.nf();
        }

        NcsnppLayout build() {
            int imageChannels = architecture.inputChannels();
            Convolution output = new Convolution("output_layer", imageChannels, architecture.outputChannels(), 1);
            Optional<Embedding> embedding = architecture.conditional() ? Optional.of(embedding()) : Optional.empty();
            Convolution stem = add(new Convolution(next(), imageChannels, channels, 3));
            skippedChannels.push(channels);
            List<DownLevel> down = new ArrayList<>();
            for (int level = 0; level < architecture.levels(); level++) {
                down.add(downLevel(level));
            }
            Bottleneck bottleneck = new Bottleneck(
                    residual(channels, Resampling.NONE),
                    add(new Attention(next(), channels)),
                    residual(channels, Resampling.NONE));
            List<UpLevel> up = new ArrayList<>();
            for (int level = architecture.levels() - 1; level >= 0; level--) {
                up.add(upLevel(level));
            }
            return new NcsnppLayout(
                    output, embedding, stem, List.copyOf(down), bottleneck, List.copyOf(up), List.copyOf(numbered));
        }

        private Embedding embedding() {
            int nf = architecture.nf();
            return new Embedding(
                    add(new Fourier(next(), nf)),
                    add(new Dense(next(), 2 * nf, embeddingWidth)),
                    add(new Dense(next(), embeddingWidth, embeddingWidth)));
        }

        private DownLevel downLevel(int level) {
            List<Residual> blocks = new ArrayList<>();
            List<Attention> attentions = new ArrayList<>();
            for (int block = 0; block < architecture.blocksPerLevel(); block++) {
                blocks.add(residual(architecture.channels(level), Resampling.NONE));
                if (architecture.attentionLevels().contains(level)) {
                    attentions.add(add(new Attention(next(), channels)));
                }
                skippedChannels.push(channels);
            }
            Optional<DownStep> step = Optional.empty();
            if (level < architecture.levels() - 1) {
                step = Optional.of(new DownStep(
                        residual(channels, Resampling.DOWN),
                        add(new Combination(next(), architecture.inputChannels(), channels))));
                skippedChannels.push(channels);
            }
            return new DownLevel(List.copyOf(blocks), List.copyOf(attentions), step);
        }

        private UpLevel upLevel(int level) {
            List<Residual> blocks = new ArrayList<>();
            for (int block = 0; block <= architecture.blocksPerLevel(); block++) {
                channels += skippedChannels.pop();
                blocks.add(residual(architecture.channels(level), Resampling.NONE));
            }
            Optional<Attention> attention = architecture.attentionLevels().contains(level)
                    ? Optional.of(add(new Attention(next(), channels)))
                    : Optional.empty();
            Normalization imageNorm = add(new Normalization(next(), channels));
            Convolution image = add(new Convolution(next(), channels, architecture.inputChannels(), 3));
            Optional<Residual> step = level > 0 ? Optional.of(residual(channels, Resampling.UP)) : Optional.empty();
            return new UpLevel(List.copyOf(blocks), attention, imageNorm, image, step);
        }

        private Residual residual(int out, Resampling resampling) {
            Residual block = add(new Residual(next(), channels, out, resampling, embeddingWidth));
            channels = out;
            return block;
        }

        private String next() {
            return "all_modules." + numbered.size();
        }

        private <T extends NcsnppBlock> T add(T block) {
            numbered.add(block);
            return block;
        }
    }
}
