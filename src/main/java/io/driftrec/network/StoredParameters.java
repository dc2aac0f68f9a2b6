package io.driftrec.network;

import io.driftrec.network.TorchScriptProgram.Attribute;

/** Parameters that are part of the program, as its attributes. */
record StoredParameters(Safetensors weights, NcsnppProgram.Options options, ProgramSource source)
        implements NcsnppEmitter.Parameters {
    @Override
    public String trained(String name, TensorType computed) {
        Tensor tensor = weights.tensor(name).as(computed);
        boolean reordered = options.isChannelsLast() && tensor.shape().size() == 4;
        return source.attribute(NcsnppParameter.attribute(name), new Attribute(tensor, true, reordered));
    }

    @Override
    public Tensor frequencies(String name) {
        return weights.tensor(name);
    }
}
