package io.driftrec.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters that a program takes as one float32 vector, its argument {@code theta}: split once, because the gradient of one
 * split is one concatenation, while that of many slices would be as many vectors of full length.
 */
final class VectorParameters implements NcsnppEmitter.Parameters {
    private final Safetensors fixed;
    private final NcsnppProgram.Options options;
    private final ProgramSource source;
    private final Map<String, Part> parts = new HashMap<>();

    /** A parameter's elements in the vector. */
    private record Part(String value, List<Long> shape) {}

    VectorParameters(
            NcsnppArchitecture architecture, Safetensors fixed, NcsnppProgram.Options options, ProgramSource source) {
        this.fixed = fixed;
        this.options = options;
        this.source = source;
        List<NcsnppParameter> trained = architecture.trainedParameters();
        List<String> values = source.split(
                "theta", trained.stream().map(NcsnppParameter::size).toList());
        for (int i = 0; i < values.size(); i++) {
            parts.put(
                    trained.get(i).name(),
                    new Part(values.get(i), trained.get(i).shape()));
        }
    }

    @Override
    public String trained(String name, TensorType computed) {
        Part part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("\"%s\" is no trained parameter".formatted(name));
        }
        String tensor = source.call("reshape", part.value(), part.shape());
        if (computed != TensorType.F32) {
            tensor = source.call("to", tensor, computed.scalarType());
        }
        return options.isChannelsLast() && part.shape().size() == 4
                ? source.call("contiguous", tensor, "memory_format=2")
                : tensor;
    }

    @Override
    public Tensor frequencies(String name) {
        return fixed.tensor(name);
    }
}
