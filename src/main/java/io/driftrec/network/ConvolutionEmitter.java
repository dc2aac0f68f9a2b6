package io.driftrec.network;

import io.driftrec.network.TorchScriptProgram.Attribute;
import java.util.Arrays;
import java.util.List;

/**
 * Emits the layers of networks that recognise images. Weights become float32 constants; each must have the shape that its
 * layer and the features before it ask for, so that a file of another network is refused when it is loaded.
 *
 * <p>Every method throws {@link InvalidModelException} when a tensor is missing or has another shape.
 */
final class ConvolutionEmitter {
    private final Safetensors weights;
    private final ProgramSource source;

    ConvolutionEmitter(Safetensors weights, ProgramSource source) {
        this.weights = weights;
        this.source = source;
    }

    ProgramSource source() {
        return source;
    }

    /** A convolution with weight {@code prefix.weight} and {@code prefix.bias}. */
    FeatureMap convolution(String prefix, FeatureMap input, Kernel kernel) {
        String weight = prefix + ".weight";
        return convolution(weight, constant(prefix + ".bias", outputs(weight)), input, kernel, 1);
    }

    /** A convolution without bias. */
    FeatureMap unbiased(String weight, FeatureMap input, Kernel kernel) {
        return convolution(weight, "None", input, kernel, 1);
    }

    /** A convolution of every channel by itself, without bias. */
    FeatureMap depthwise(String weight, FeatureMap input, Kernel kernel) {
        return convolution(weight, "None", input, kernel, input.channels());
    }

    /** A convolution with named tensors; {@code bias} is a value of the program or {@code None}. */
    FeatureMap convolution(String weight, String bias, FeatureMap input, Kernel kernel, int groups) {
        int outputs = outputs(weight);
        String tensor = constant(weight, outputs, input.channels() / groups, kernel.height(), kernel.width());
        String value = source.call(
                "conv2d",
                input.value(),
                tensor,
                bias,
                List.of(kernel.stride(), kernel.stride()),
                List.of(kernel.verticalPadding(), kernel.horizontalPadding()),
                List.of(1, 1),
                groups);
        return new FeatureMap(value, outputs);
    }

    /** Batch normalisation with the statistics of the training. */
    FeatureMap batchNorm(String scale, String shift, String mean, String variance, FeatureMap input, double epsilon) {
        int channels = input.channels();
        String value = source.call(
                "batch_norm",
                input.value(),
                constant(scale, channels),
                constant(shift, channels),
                constant(mean, channels),
                constant(variance, channels),
                false,
                0.1, // the momentum of training, without effect
                epsilon,
                true);
        return new FeatureMap(value, channels);
    }

    FeatureMap relu(FeatureMap input) {
        return map("relu", input);
    }

    /** An elementwise or pooling function. */
    FeatureMap map(String function, FeatureMap input, Object... operands) {
        Object[] all = new Object[operands.length + 1];
        all[0] = input.value();
        System.arraycopy(operands, 0, all, 1, operands.length);
        return new FeatureMap(source.call(function, all), input.channels());
    }

    /** Largest values of 3x3 windows; with {@code isCeiling} a last window may reach beyond the border. */
    FeatureMap maxPool(FeatureMap input, int stride, int padding, boolean isCeiling) {
        return map(
                "max_pool2d",
                input,
                List.of(3, 3),
                List.of(stride, stride),
                List.of(padding, padding),
                List.of(1, 1),
                isCeiling);
    }

    FeatureMap concatenated(List<FeatureMap> maps) {
        int channels = maps.stream().mapToInt(FeatureMap::channels).sum();
        return new FeatureMap(
                source.call("cat", maps.stream().map(FeatureMap::value).toList(), 1), channels);
    }

    /** The mean over height and width: {@code (N, C)}. */
    String pooled(FeatureMap input) {
        return source.call("mean", input.value(), List.of(2, 3));
    }

    /** A tensor of the file with the shape that it must have. */
    String constant(String name, int... shape) {
        Tensor tensor = weights.tensor(name);
        List<Long> expected = Arrays.stream(shape).asLongStream().boxed().toList();
        if (!tensor.shape().equals(expected)) {
            throw new InvalidModelException(
                    "tensor \"%s\" has shape %s, not %s".formatted(name, tensor.shape(), expected));
        }
        return constant(name, tensor);
    }

    /** A tensor that is in no file. */
    String constant(String name, Tensor tensor) {
        if (!tensor.type().isFloating()) {
            throw new InvalidModelException(
                    "tensor \"%s\" has type %s: weights are floating point".formatted(name, tensor.type()));
        }
        String attribute = name.replaceAll("[^A-Za-z0-9]", "_");
        boolean isKernel = tensor.shape().size() == 4; // channels-last, and so are the features that come out
        return source.attribute(attribute, new Attribute(tensor.as(TensorType.F32), false, isKernel));
    }

    private int outputs(String weight) {
        List<Long> shape = weights.tensor(weight).shape();
        if (shape.size() != 4) {
            throw new InvalidModelException(
                    "tensor \"%s\" has shape %s: a convolution's has four dimensions".formatted(weight, shape));
        }
        return Math.toIntExact(shape.get(0));
    }
}
