package io.driftrec.evaluation.report;

import io.driftrec.evaluation.protocol.MethodIdentity.Role;
import java.util.List;
import java.util.Optional;

/**
 * All methods under one condition: a table.
 *
 * @param id as in the journal
 * @param title for people
 * @param bitsPerPixel of the damaged files, mean
 */
public record ConditionSummary(String id, String title, Optional<Statistic> bitsPerPixel, List<MethodSummary> methods) {
    public ConditionSummary {
        methods = List.copyOf(methods);
    }

    /** The damaged images as they are, where any was measured. */
    Optional<MethodSummary> jpeg() {
        return methods.stream()
                .filter(method -> method.method().role() == Role.JPEG && method.measured() > 0)
                .findFirst();
    }
}
