package io.driftrec.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is wrong, by component. A check answers empty while its component is well, else a sentence for an operator.
 *
 * <p>Immutable once built; the checks are called by the thread that asks and must be quick.
 */
public final class Health {
    private final Map<String, Supplier<Optional<String>>> checks;

    public Health(Map<String, Supplier<Optional<String>>> checks) {
        this.checks = new LinkedHashMap<>(checks);
    }

    /** The problems by component; empty when all is well. */
    public Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        checks.forEach((component, check) -> check.get().ifPresent(problem -> problems.put(component, problem)));
        return problems;
    }
}
