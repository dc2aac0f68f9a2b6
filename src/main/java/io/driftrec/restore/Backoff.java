package io.driftrec.restore;

import io.driftrec.storage.StorageException;
import java.time.Duration;

/**
 * Tries an operation on a store again while it is only out of reach: waits {@code first}, then twice as long each time, never
 * longer than {@code longest}.
 *
 * @param attempts tries in all, at least 1
 */
public record Backoff(int attempts, Duration first, Duration longest) {
    public Backoff {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts: " + attempts + " is not at least 1");
        }
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "waits: " + first + " to " + longest + " is not an ascending range of durations");
        }
    }

    /** Five tries within about eight seconds. */
    public static Backoff standard() {
        return new Backoff(5, Duration.ofMillis(500), Duration.ofSeconds(10));
    }

    /** An operation on a store. */
    @FunctionalInterface
    interface Operation<T> {
        T run() throws StorageException;
    }

    <T> T run(Operation<T> operation, Runnable onRetry) throws StorageException, InterruptedException {
        Duration wait = first;
        for (int attempt = 1; ; attempt++) {
            try {
                return operation.run();
            } catch (StorageException failure) {
                if (failure.reason() != StorageException.Reason.UNAVAILABLE || attempt == attempts) {
                    throw failure;
                }
            }
            onRetry.run();
            Thread.sleep(wait.toMillis());
            Duration doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }
}
