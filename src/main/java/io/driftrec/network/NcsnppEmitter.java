package io.driftrec.network;

import io.driftrec.network.NcsnppBlock.Attention;
import io.driftrec.network.NcsnppBlock.Convolution;
import io.driftrec.network.NcsnppBlock.Dense;
import io.driftrec.network.NcsnppBlock.Normalization;
import io.driftrec.network.NcsnppBlock.Resampling;
import io.driftrec.network.NcsnppBlock.Residual;
import io.driftrec.network.NcsnppLayout.Bottleneck;
import io.driftrec.network.NcsnppLayout.DownLevel;
import io.driftrec.network.NcsnppLayout.Embedding;
import io.driftrec.network.NcsnppLayout.UpLevel;
import io.driftrec.network.TorchScriptProgram.Attribute;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Emits the statements of one NCSN++ network into a program. Each method emits one kind of block and returns the name of its
 * result.
 *
 * <p>Features are computed in the program's precision. What has the size and meaning of an image stays float32: the input,
 * its pyramid, the output pyramid and the convolutions into and out of them. A bfloat16 pixel has eight bits, and at the
 * smallest noise level the noise is not much larger than its rounding; these convolutions are a few percent of the work.
 */
final class NcsnppEmitter {
    private static final double NORM_EPSILON = 1e-6;
    private static final double RESIDUAL_SCALE = Math.sqrt(0.5);

    private final NcsnppLayout layout;
    private final boolean dividesBySigma;
    private final Parameters parameters;
    private final TensorType type;
    private final boolean isChannelsLast;
    private final ProgramSource source;

    /** Where the emitted statements find the network's parameters. */
    interface Parameters {
        /** The name of a value in the program: a trained parameter's tensor in the type that is computed with. */
        String trained(String name, TensorType computed);

        /** The network's Fourier frequencies. */
        Tensor frequencies(String name);
    }

    NcsnppEmitter(
            NcsnppArchitecture architecture,
            Parameters parameters,
            NcsnppProgram.Options options,
            ProgramSource source) {
        this.layout = NcsnppLayout.of(architecture);
        this.dividesBySigma = architecture.divideBySigma();
        this.parameters = parameters;
        this.type = options.precision().type();
        this.isChannelsLast = options.isChannelsLast();
        this.source = source;
    }

    /**
     * Emits the network.
     *
     * @param input {@code (N, inputChannels, H, W)}, float32
     * @param sigma {@code (N)}, float32
     * @return {@code (N, outputChannels, H, W)}, float32, in any memory order
     */
    String emit(String input, String sigma) {
        String image = isChannelsLast ? source.call("contiguous", input, "memory_format=2") : input;
        Optional<String> level = layout.embedding().map(embedding -> embedding(embedding, sigma));
        Deque<String> skipped = new ArrayDeque<>();
        skipped.push(toFeatures(convolution(layout.stem(), image, TensorType.F32)));
        for (DownLevel down : layout.down()) {
            image = down(down, image, skipped, level);
        }
        Bottleneck bottleneck = layout.bottleneck();
        String features = residual(bottleneck.first(), skipped.element(), level);
        features = attention(bottleneck.attention(), features);
        features = residual(bottleneck.second(), features, level);
        String pyramid = "";
        for (UpLevel up : layout.up()) {
            for (Residual block : up.blocks()) {
                features = residual(block, source.call("cat", List.of(features, skipped.pop()), 1), level);
            }
            if (up.attention().isPresent()) {
                features = attention(up.attention().get(), features);
            }
            pyramid = pyramid(up, pyramid, features);
            if (up.step().isPresent()) {
                features = residual(up.step().get(), features, level);
            }
        }
        String output = convolution(layout.output(), pyramid, TensorType.F32);
        return dividesBySigma
                ? source.call("div", output, source.call("reshape", sigma, List.of(-1, 1, 1, 1)))
                : output;
    }

    /** Fourier features in float32, whose arguments reach a thousand radians; what the blocks take is in their precision. */
    private String embedding(Embedding embedding, String sigma) {
        String name = embedding.fourier().prefix() + ".W";
        Tensor frequencies = parameters.frequencies(name).as(TensorType.F32);
        String w = source.attribute(NcsnppParameter.attribute(name), new Attribute(frequencies, false, false));
        String logarithm = source.call("unsqueeze", source.call("log", sigma), 1);
        String angles = source.call("mul", source.call("mul", logarithm, source.call("unsqueeze", w, 0)), 2 * Math.PI);
        String features = source.call("cat", List.of(source.call("sin", angles), source.call("cos", angles)), 1);
        String hidden = source.call("silu", dense(embedding.first(), features, TensorType.F32));
        return toFeatures(source.call("silu", dense(embedding.second(), hidden, TensorType.F32)));
    }

    private String down(DownLevel down, String image, Deque<String> skipped, Optional<String> level) {
        for (int i = 0; i < down.blocks().size(); i++) {
            String features = residual(down.blocks().get(i), skipped.element(), level);
            skipped.push(
                    down.attentions().isEmpty()
                            ? features
                            : attention(down.attentions().get(i), features));
        }
        if (down.step().isEmpty()) {
            return image;
        }
        NcsnppLayout.DownStep step = down.step().get();
        String features = residual(step.block(), skipped.element(), level);
        String smaller = resample(Resampling.DOWN, image);
        String contribution = toFeatures(convolution(step.combination().convolution(), smaller, TensorType.F32));
        skipped.push(source.call("add", contribution, features));
        return smaller;
    }

    private String pyramid(UpLevel up, String lower, String features) {
        String normalized = source.call("silu", normalization(up.imageNorm(), features));
        String contribution = convolution(up.image(), toFloat(normalized), TensorType.F32);
        if (lower.isEmpty()) {
            return contribution;
        }
        return source.call("add", resample(Resampling.UP, lower), contribution);
    }

    private String residual(Residual block, String input, Optional<String> level) {
        String shortcut = resample(block.resampling(), input);
        String features = source.call("silu", normalization(block.firstNorm(), input));
        features = resample(block.resampling(), features);
        features = convolution(block.firstConvolution(), features, type);
        if (level.isPresent()) {
            String shift = dense(block.noiseLevel(), level.get(), type);
            features = source.call("add", features, source.call("reshape", shift, List.of(-1, block.out(), 1, 1)));
        }
        features = source.call("silu", normalization(block.secondNorm(), features));
        features = convolution(block.secondConvolution(), features, type);
        if (block.hasShortcut()) {
            shortcut = convolution(block.shortcut(), shortcut, type);
        }
        return source.call("mul", source.call("add", shortcut, features), RESIDUAL_SCALE);
    }

    private String attention(Attention attention, String input) {
        String pixels =
                source.call("transpose", source.call("flatten", normalization(attention.norm(), input), 2), 1, 2);
        String mixed = source.call(
                "scaled_dot_product_attention",
                head(attention, 0, pixels),
                head(attention, 1, pixels),
                head(attention, 2, pixels));
        mixed = source.call("squeeze", type == TensorType.F16 ? toFeatures(mixed) : mixed, 1);
        String map = source.call("transpose", map(attention, 3, mixed), 1, 2);
        String shaped = source.call(
                "reshape",
                map,
                List.of(-1, attention.channels(), source.call("size", input, 2), source.call("size", input, 3)));
        return source.call("mul", source.call("add", input, shaped), RESIDUAL_SCALE);
    }

    /** A query, key or value of the single head: {@code (N, 1, pixels, C)}; float32 instead of float16, whose range sums of products leave. */
    private String head(Attention attention, int map, String pixels) {
        String mapped = source.call("unsqueeze", map(attention, map, pixels), 1);
        return type == TensorType.F16 ? toFloat(mapped) : mapped;
    }

    private String map(Attention attention, int map, String pixels) {
        String product = source.call("matmul", pixels, parameters.trained(attention.weight(map), type));
        return source.call("add", product, parameters.trained(attention.bias(map), type));
    }

    private String normalization(Normalization norm, String input) {
        return source.call(
                "group_norm",
                input,
                norm.groups(),
                parameters.trained(norm.prefix() + ".weight", type),
                parameters.trained(norm.prefix() + ".bias", type),
                NORM_EPSILON,
                true);
    }

    private String convolution(Convolution convolution, String input, TensorType computed) {
        int padding = convolution.kernel() / 2;
        return source.call(
                "conv2d",
                input,
                parameters.trained(convolution.prefix() + ".weight", computed),
                parameters.trained(convolution.prefix() + ".bias", computed),
                List.of(1, 1),
                List.of(padding, padding),
                List.of(1, 1),
                1);
    }

    private String dense(Dense dense, String input, TensorType computed) {
        return source.call(
                "linear",
                input,
                parameters.trained(dense.prefix() + ".weight", computed),
                parameters.trained(dense.prefix() + ".bias", computed));
    }

    /**
     * FIR resampling by two with the kernel [1, 3, 3, 1] in both directions and zeros around the image. Between pixels the kernel
     * is that of bilinear interpolation; down, it is half the mean of two pixels and half that of four.
     */
    private String resample(Resampling resampling, String input) {
        return switch (resampling) {
            case NONE -> input;
            case DOWN -> down(input);
            case UP -> up(input);
        };
    }

    private String down(String input) {
        String sum = mean(input, 4, 4);
        for (List<Integer> window : List.of(List.of(4, 2), List.of(2, 4), List.of(2, 2))) {
            sum = source.call("add", sum, mean(input, window.get(0), window.get(1)));
        }
        return source.call("mul", sum, 0.25);
    }

    /** Means of windows around every other pair of pixels. */
    private String mean(String input, int height, int width) {
        List<Integer> padding = List.of(height / 2 - 1, width / 2 - 1);
        return source.call("avg_pool2d", input, List.of(height, width), List.of(2, 2), padding, false, true, "None");
    }

    private String up(String input) {
        String padded = source.call("constant_pad_nd", input, List.of(1, 1, 1, 1), 0);
        String larger = source.call("upsample_bilinear2d", padded, "None", false, List.of(2.0, 2.0));
        return source.call("slice", source.call("slice", larger, 2, 2, -2, 1), 3, 2, -2, 1);
    }

    private String toFeatures(String value) {
        return type == TensorType.F32 ? value : source.call("to", value, type.scalarType());
    }

    private String toFloat(String value) {
        return type == TensorType.F32 ? value : source.call("to", value, TensorType.F32.scalarType());
    }
}
