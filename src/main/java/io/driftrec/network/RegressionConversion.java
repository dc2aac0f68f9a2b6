package io.driftrec.network;

import io.driftrec.network.NcsnppBlock.Convolution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a network for the corrupted image alone of one for a state and a corrupted image: the one made answers what the other
 * does to a state of zeros. For a model whose output is {@link OutputParameterization.Residual} that is, at the latest times,
 * nearly what a regression's answer should be, and so a start for its training.
 */
public final class RegressionConversion {
    private final Safetensors paired;
    private final Map<String, Tensor> tensors;

    private RegressionConversion(Safetensors paired) {
        this.paired = paired;
        this.tensors = new LinkedHashMap<>(paired.tensors());
    }

    /**
     * The architecture that takes the image alone.
     *
     * @throws IllegalArgumentException for an architecture that does not take a state and an image
     */
    public static NcsnppArchitecture architecture(NcsnppArchitecture paired) {
        if (!paired.isPaired()) {
            throw new IllegalArgumentException("%d channels of input are not a state and an image of %d each"
                    .formatted(paired.inputChannels(), paired.outputChannels()));
        }
        return new NcsnppArchitecture(
                paired.nf(),
                paired.channelMultipliers(),
                paired.blocksPerLevel(),
                paired.attentionLevels(),
                paired.outputChannels(),
                paired.outputChannels(),
                paired.conditional(),
                paired.fourierScale(),
                paired.divideBySigma());
    }

    /**
     * The weights for {@link #architecture}, float32 where they differ.
     *
     * @throws InvalidModelException when the weights are not those of the architecture
     */
    public static Safetensors weights(NcsnppArchitecture paired, Safetensors weights) {
        paired.check(weights);
        return new RegressionConversion(weights).convert(NcsnppLayout.of(paired));
    }

    private Safetensors convert(NcsnppLayout layout) {
        keepImageChannels(layout.stem());
        layout.down().stream()
                .flatMap(level -> level.step().stream())
                .forEach(step -> keepImageChannels(step.combination().convolution()));
        // the output pyramid only interpolates and adds, so that the map at its end may as well be at its beginnings
        int colours = layout.output().out();
        String end = layout.output().prefix() + ".weight";
        float[] map = values(end);
        layout.up().forEach(level -> mapOutput(map, colours, level.image()));
        tensors.put(end, identity(colours));
        return new Safetensors(tensors);
    }

    private float[] values(String name) {
        return paired.tensor(name).toFloats();
    }

    /** Keeps the second half of a convolution's input channels. */
    private void keepImageChannels(Convolution convolution) {
        int row = convolution.in() * convolution.kernel() * convolution.kernel();
        float[] all = values(convolution.prefix() + ".weight");
        float[] kept = new float[all.length / 2];
        for (int out = 0; out < convolution.out(); out++) {
            System.arraycopy(all, out * row + row / 2, kept, out * row / 2, row / 2);
        }
        putWeight(convolution, convolution.out(), convolution.in() / 2, kept);
    }

    private void mapOutput(float[] map, int colours, Convolution convolution) {
        String bias = convolution.prefix() + ".bias";
        putWeight(
                convolution,
                colours,
                convolution.in(),
                product(map, colours, values(convolution.prefix() + ".weight")));
        tensors.put(bias, Tensor.of(List.of((long) colours), product(map, colours, values(bias))));
    }

    private void putWeight(Convolution convolution, long out, long in, float[] values) {
        long kernel = convolution.kernel();
        tensors.put(convolution.prefix() + ".weight", Tensor.of(List.of(out, in, kernel, kernel), values));
    }

    /** A matrix of so many rows times another, both row-major. */
    private static float[] product(float[] left, int rows, float[] right) {
        int inner = left.length / rows;
        int columns = right.length / inner;
        float[] product = new float[rows * columns];
        for (int i = 0; i < product.length; i++) {
            double sum = 0;
            for (int k = 0; k < inner; k++) {
                sum += (double) left[i / columns * inner + k] * right[k * columns + i % columns];
            }
            product[i] = (float) sum;
        }
        return product;
    }

    private static Tensor identity(int channels) {
        float[] values = new float[channels * channels];
        for (int i = 0; i < channels; i++) {
            values[i * (channels + 1)] = 1;
        }
        return Tensor.of(List.of((long) channels, (long) channels, 1L, 1L), values);
    }
}
