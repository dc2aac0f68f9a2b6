package io.driftrec.network;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network's trained parameters as one vector, in the order of {@link NcsnppArchitecture#trainedParameters()}. */
public final class ParameterVector {
    private ParameterVector() {}

    /** The number of elements. */
    public static int size(NcsnppArchitecture architecture) {
        return Math.toIntExact(architecture.trainedParameters().stream()
                .mapToLong(NcsnppParameter::size)
                .sum());
    }

    /**
     * The vector of given weights.
     *
     * @throws InvalidModelException when the weights are not those of the architecture
     */
    public static float[] of(NcsnppArchitecture architecture, Safetensors weights) {
        architecture.check(weights);
        FloatBuffer vector = FloatBuffer.allocate(size(architecture));
        for (NcsnppParameter parameter : architecture.trainedParameters()) {
            vector.put(weights.tensor(parameter.name()).toFloats());
        }
        return vector.array();
    }

    /**
     * The weights of a vector.
     *
     * @param fixed has the tensors that are not trained, under their names
     * @throws IllegalArgumentException when the vector has not the architecture's size
     */
    public static Safetensors weights(NcsnppArchitecture architecture, float[] vector, Safetensors fixed) {
        if (vector.length != size(architecture)) {
            throw new IllegalArgumentException("the architecture has %d trained parameters, the vector %d elements"
                    .formatted(size(architecture), vector.length));
        }
        FloatBuffer rest = FloatBuffer.wrap(vector);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (NcsnppParameter parameter : architecture.parameters()) {
            Tensor tensor;
            if (parameter.isTrained()) {
                float[] values = new float[Math.toIntExact(parameter.size())];
                rest.get(values);
                tensor = Tensor.of(parameter.shape(), values);
            } else {
                tensor = fixed.tensor(parameter.name());
            }
            tensors.put(parameter.name(), tensor);
        }
        return new Safetensors(tensors);
    }
}
