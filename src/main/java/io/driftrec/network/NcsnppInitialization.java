package io.driftrec.network;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The weights that training begins with, drawn from a seed: uniform with variance {@code 1 / mean(fan in, fan out)} as in the
 * reference implementation, {@code 0.1} of that variance in the first three maps of attention, unit scales and zero shifts in
 * normalisations, zero biases, Fourier frequencies normal with the architecture's scale.
 *
 * <p>The last convolution of every residual block, the last map of attention and the convolutions into the output pyramid
 * start at zero (the reference scales them by 1e-10), so that a new network answers zero everywhere.
 */
public final class NcsnppInitialization {
    private static final double ATTENTION_VARIANCE = 0.1;

    private NcsnppInitialization() {}

    /** New weights; the same seed gives the same weights. */
    public static Safetensors draw(NcsnppArchitecture architecture, long seed) {
        Set<String> zero = zeroed(NcsnppLayout.of(architecture));
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (NcsnppParameter parameter : architecture.parameters()) {
            float[] values = new float[Math.toIntExact(parameter.size())];
            List<Long> shape = parameter.shape();
            if (!parameter.isTrained()) {
                fillNormal(values, architecture.fourierScale(), random);
            } else if (shape.size() == 1) {
                java.util.Arrays.fill(values, isNormScale(parameter.name()) ? 1 : 0);
            } else if (!zero.contains(parameter.name())) {
                double variance = parameter.name().contains(".NIN_") ? ATTENTION_VARIANCE : 1;
                fillUniform(values, Math.sqrt(3 * variance / meanFan(shape)), random);
            }
            tensors.put(parameter.name(), Tensor.of(shape, values));
        }
        return new Safetensors(tensors);
    }

    private static Set<String> zeroed(NcsnppLayout layout) {
        Set<String> names = new HashSet<>();
        for (NcsnppBlock block : layout.numbered()) {
            if (block instanceof NcsnppBlock.Residual residual) {
                names.add(residual.secondConvolution().prefix() + ".weight");
            } else if (block instanceof NcsnppBlock.Attention attention) {
                names.add(attention.weight(NcsnppBlock.Attention.MAPS - 1));
            }
        }
        layout.up().forEach(level -> names.add(level.image().prefix() + ".weight"));
        return names;
    }

    private static boolean isNormScale(String name) {
        return name.contains("GroupNorm") && name.endsWith(".weight") || name.matches("all_modules\\.\\d+\\.weight");
    }

    /** Mean of a weight's inputs and outputs, each with its kernel's taps. */
    private static double meanFan(List<Long> shape) {
        double taps = 1;
        for (long side : shape.subList(2, shape.size())) {
            taps *= side;
        }
        return taps * (shape.get(0) + shape.get(1)) / 2;
    }

    private static void fillUniform(float[] values, double bound, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
    }

    private static void fillNormal(float[] values, double std, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
            values[i] = (float) (std * radius * Math.cos(2 * Math.PI * random.nextDouble()));
        }
    }
}
