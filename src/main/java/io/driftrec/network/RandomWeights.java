package io.driftrec.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Weights of any architecture where a network is needed but no sense in its output; the same seed gives the same weights. */
final class RandomWeights {
    private RandomWeights() {}

    static Safetensors of(NcsnppArchitecture architecture, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (NcsnppParameter parameter : architecture.parameters()) {
            double scale =
                    1 / Math.sqrt(parameter.size() / (double) parameter.shape().get(0));
            float[] values = new float[Math.toIntExact(parameter.size())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (scale * random.nextGaussian());
            }
            tensors.put(parameter.name(), Tensor.of(parameter.shape(), values));
        }
        return new Safetensors(tensors);
    }
}
