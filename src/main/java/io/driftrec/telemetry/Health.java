package io.driftrec.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is wrong, by component. A check answers empty while its component is well, else a sentence for an operator; a check that
 * throws is itself the problem.
 *
 * <p>Immutable; the checks are called by the thread that asks, perhaps by several at once, and must be quick.
 */
public final class Health {
    private final Map<String, Supplier<Optional<String>>> checks;

    /** @param checks by component */
    public Health(Map<String, Supplier<Optional<String>>> checks) {
        this.checks = new LinkedHashMap<>(checks);
    }

    /** The problems by component; empty when all is well. */
    Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        checks.forEach((component, check) -> problem(check).ifPresent(problem -> problems.put(component, problem)));
        return problems;
    }

    private static Optional<String> problem(Supplier<Optional<String>> check) {
        try {
            return check.get();
        } catch (RuntimeException broken) {
            return Optional.of("the check failed: " + broken);
        }
    }
}
