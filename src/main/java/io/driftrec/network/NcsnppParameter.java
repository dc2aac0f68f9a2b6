package io.driftrec.network;

import java.util.List;

/**
 * A tensor among a network's weights.
 *
 * @param name as in the reference implementation's {@code state_dict}, such as {@code all_modules.4.Conv_0.weight}
 * @param isTrained whether training changes it
 */
public record NcsnppParameter(String name, List<Long> shape, boolean isTrained) {
    public NcsnppParameter {
        shape = List.copyOf(shape);
    }

    /** The number of scalars. */
    public long size() {
        return Tensor.elements(shape);
    }

    /** The name of this parameter in an emitted program, where a dot is no part of a name. */
    public String attribute() {
        return attribute(name);
    }

    static String attribute(String name) {
        return name.replace('.', '_');
    }
}
