package io.driftrec.evaluation.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Seeds that are a function of what they are for, never of the order of work: an evaluation that is interrupted, extended or run
 * in another order draws the same numbers.
 */
final class DerivedSeed {
    /** Below 2^53, which every reader of JSON keeps exactly. */
    private static final long MASK = (1L << 53) - 1;

    private DerivedSeed() {}

    /** The seed for one purpose, of the evaluation's seed. */
    static long of(long seed, String... purpose) {
        String text = seed + "\n" + String.join("\n", purpose);
        return ByteBuffer.wrap(sha256().digest(text.getBytes(StandardCharsets.UTF_8)))
                        .getLong()
                & MASK;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
