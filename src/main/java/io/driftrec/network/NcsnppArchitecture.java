package io.driftrec.network;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The shape of an NCSN++ network (Song et al., "Score-Based Generative Modeling through Stochastic Differential Equations",
 * ICLR 2021) as DriftRec uses it: BigGAN residual blocks, FIR resampling with the kernel [1, 3, 3, 1], input pyramid added by
 * 1x1 convolutions ("input_skip"), output pyramid ("output_skip"), residual sums divided by the square root of two, and a last
 * 1x1 convolution from the pyramid's channels to the output channels.
 *
 * <p>A level halves height and width. Attention is chosen by level, not by resolution, so that a network treats an image
 * alike whatever its size: after every block of an attention level on the way down and once on the way up, and always in the
 * bottleneck.
 *
 * @param nf channels of the first level, the width of the network; a multiple of four
 * @param channelMultipliers channels of each level in units of {@code nf}; at least one level
 * @param blocksPerLevel residual blocks of each level on the way down; one more on the way up
 * @param attentionLevels indexes of the levels with attention, from 0 for the full resolution
 * @param inputChannels channels of the input: 6 for a state and a corrupted image, 3 for the regression baseline
 * @param outputChannels channels of the output: 3
 * @param conditional whether the noise level sigma conditions the blocks, through Fourier features of its logarithm
 * @param fourierScale standard deviation of the random Fourier frequencies of a new network; a trained one has them among
 *     its weights
 * @param divideBySigma whether the output is divided by sigma
 */
public record NcsnppArchitecture(
        int nf,
        List<Integer> channelMultipliers,
        int blocksPerLevel,
        Set<Integer> attentionLevels,
        int inputChannels,
        int outputChannels,
        boolean conditional,
        double fourierScale,
        boolean divideBySigma) {

    public NcsnppArchitecture {
        channelMultipliers = List.copyOf(channelMultipliers);
        attentionLevels = Collections.unmodifiableSet(new TreeSet<>(attentionLevels));
        require(nf >= 4 && nf % 4 == 0 && nf <= 4096, "nf", nf, "a multiple of 4 in 4..4096");
        require(
                !channelMultipliers.isEmpty() && channelMultipliers.size() <= 12,
                "channelMultipliers",
                channelMultipliers,
                "1 to 12 levels");
        for (int multiplier : channelMultipliers) {
            require(multiplier >= 1 && multiplier <= 64, "channelMultipliers", channelMultipliers, "in 1..64 each");
        }
        require(blocksPerLevel >= 1 && blocksPerLevel <= 64, "blocksPerLevel", blocksPerLevel, "in 1..64");
        for (int level : attentionLevels) {
            require(
                    level >= 0 && level < channelMultipliers.size(),
                    "attentionLevels",
                    attentionLevels,
                    "indexes of the %d levels".formatted(channelMultipliers.size()));
        }
        require(inputChannels >= 1 && inputChannels <= 64, "inputChannels", inputChannels, "in 1..64");
        require(outputChannels >= 1 && outputChannels <= 64, "outputChannels", outputChannels, "in 1..64");
        require(
                Double.isFinite(fourierScale) && fourierScale > 0,
                "fourierScale",
                fourierScale,
                "a finite number above 0");
    }

    /** The network of the DriftRec paper: 65.6 million parameters. */
    public static NcsnppArchitecture paper() {
        return new NcsnppArchitecture(128, List.of(1, 1, 2, 2, 2, 2, 2), 2, Set.of(4), 6, 3, true, 16, true);
    }

    /** The number of resolutions. */
    public int levels() {
        return channelMultipliers.size();
    }

    /** The channels of a level. */
    public int channels(int level) {
        return nf * channelMultipliers.get(level);
    }

    /** Whether the network takes a state and a corrupted image, as a score network does. */
    public boolean isPaired() {
        return inputChannels == 2 * outputChannels;
    }

    /** Whether the network takes an image and answers with one, as the regression baseline does. */
    public boolean isRegression() {
        return inputChannels == outputChannels;
    }

    /** Height and width of an input must be multiples of this: every level above the last halves them. */
    public int downsamplingFactor() {
        return 1 << (levels() - 1);
    }

    /**
     * The parameters with the names and shapes of the reference implementation's {@code state_dict}, in its order; among them
     * the Fourier frequencies, which are not trained.
     */
    public List<NcsnppParameter> parameters() {
        return NcsnppLayout.of(this).parameters();
    }

    /** Those of {@link #parameters()} that training changes, in the same order. */
    public List<NcsnppParameter> trainedParameters() {
        return parameters().stream().filter(NcsnppParameter::isTrained).toList();
    }

    /** The number of scalars in {@link #parameters()}. */
    public long parameterCount() {
        return parameters().stream().mapToLong(NcsnppParameter::size).sum();
    }

    /**
     * Checks that weights are those of this network: no tensor missing, none too many, each of the right shape and floating
     * point.
     *
     * @throws InvalidModelException naming the first tensor that does not fit
     */
    public void check(Safetensors weights) {
        Set<String> unknown = new TreeSet<>(weights.tensors().keySet());
        for (NcsnppParameter parameter : parameters()) {
            Tensor tensor = weights.tensor(parameter.name());
            if (!tensor.shape().equals(parameter.shape())) {
                throw new InvalidModelException("tensor \"%s\" has shape %s, the architecture wants %s"
                        .formatted(parameter.name(), tensor.shape(), parameter.shape()));
            }
            if (!tensor.type().isFloating()) {
                throw new InvalidModelException(
                        "tensor \"%s\" has type %s, not floating point".formatted(parameter.name(), tensor.type()));
            }
            unknown.remove(parameter.name());
        }
        if (!unknown.isEmpty()) {
            throw new InvalidModelException("tensor \"%s\" is no part of the architecture (%d such tensors)"
                    .formatted(unknown.iterator().next(), unknown.size()));
        }
    }

    private static void require(boolean isValid, String field, Object value, String expectation) {
        if (!isValid) {
            throw new IllegalArgumentException("%s must be %s, not %s".formatted(field, expectation, value));
        }
    }
}
