package io.driftrec.storage;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries an operation on a store again while it is only out of reach: waits {@code first}, then twice as long each time, never
 * longer than {@code longest}, each give or take a quarter by chance, so that all who wait for a store do not come back at once.
 *
 * @param attempts tries in all, at least 1
 */
public record Backoff(int attempts, Duration first, Duration longest) {
    private static final Logger LOG = LoggerFactory.getLogger(Backoff.class);
    private static final Duration STANDARD_FIRST = Duration.ofMillis(500);
    private static final Duration STANDARD_LONGEST = Duration.ofSeconds(10);

    public Backoff {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts: " + attempts + " is not at least 1");
        }
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "waits: " + first + " to " + longest + " is not an ascending range of durations");
        }
    }

    /** Waits from half a second up to ten seconds; twenty attempts take about two and a half minutes of waiting. */
    public static Backoff ofAttempts(int attempts) {
        return new Backoff(attempts, STANDARD_FIRST, STANDARD_LONGEST);
    }

    /** An operation on a store, which may also fail for a reason of its own. */
    @FunctionalInterface
    public interface Operation<T, E extends Exception> {
        T run() throws StorageException, E;
    }

    /**
     * Runs the operation until it succeeds, fails for good or has been tried often enough.
     *
     * @param onRetry called before each wait
     * @throws StorageException of the last try
     * @throws InterruptedException when the thread is interrupted while it waits, or while a store turns that into a failure
     * @throws E at once
     */
    public <T, E extends Exception> T run(Operation<T, E> operation, Runnable onRetry)
            throws StorageException, InterruptedException, E {
        return repeat(operation, failure -> onRetry.run());
    }

    /** As {@link #run(Operation, Runnable)}, where the log alone tells of a retry. */
    public <T, E extends Exception> T run(Operation<T, E> operation) throws StorageException, InterruptedException, E {
        return repeat(operation, failure -> LOG.warn("store out of reach, tried again: {}", failure.getMessage()));
    }

    /** @param random in [0, 1) */
    static Duration spread(Duration wait, double random) {
        return Duration.ofNanos(Math.round(wait.toNanos() * (0.75 + random / 2)));
    }

    private <T, E extends Exception> T repeat(Operation<T, E> operation, Consumer<StorageException> onRetry)
            throws StorageException, InterruptedException, E {
        Duration wait = first;
        for (int attempt = 1; ; attempt++) {
            try {
                return operation.run();
            } catch (StorageException failure) {
                if (Thread.interrupted()) {
                    throw (InterruptedException)
                            new InterruptedException("during an access to a store").initCause(failure);
                }
                if (failure.reason() != StorageException.Reason.UNAVAILABLE || attempt == attempts) {
                    throw failure;
                }
                onRetry.accept(failure);
            }
            Thread.sleep(spread(wait, ThreadLocalRandom.current().nextDouble()).toMillis());
            Duration doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }
}
