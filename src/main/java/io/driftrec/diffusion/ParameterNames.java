package io.driftrec.diffusion;

import java.util.Map;
import java.util.Set;

/** The parameters that a process has. */
record ParameterNames(String process, Set<String> names) {
    ParameterNames {
        names = Set.copyOf(names);
    }

    /** @throws IllegalArgumentException naming a parameter that the process does not have */
    void check(Map<String, Double> parameters) {
        for (String parameter : parameters.keySet()) {
            if (!names.contains(parameter)) {
                throw new IllegalArgumentException(
                        "unknown parameter '" + parameter + "' of process " + process + ": must be "
                                + String.join(" or ", names.stream().sorted().toList()));
            }
        }
    }
}
