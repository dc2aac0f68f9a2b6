package io.driftrec.diffusion;

/**
 * The counter-based generator Philox4x32 with ten rounds (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2,
 * 3", SC 2011): four random words as a function of four counter words and two key words. No state, so any block can be computed
 * alone and in any order.
 *
 * <p>One round, with {@code (hi, lo)} the halves of a 64-bit product:
 *
 * <pre>
 *   (hi0, lo0) = 0xD2511F53 c0,     (hi1, lo1) = 0xCD9E8D57 c2
 *   (c0, c1, c2, c3) <- (hi1 ^ c1 ^ k0, lo1, hi0 ^ c3 ^ k1, lo0)
 *   (k0, k1) <- (k0 + 0x9E3779B9, k1 + 0xBB67AE85)
 * </pre>
 */
final class Philox4x32 {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    private final int key0;
    private final int key1;

    Philox4x32(int key0, int key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** Replaces the four counter words by the four random words; all are unsigned 32-bit. */
    void encrypt(int[] words) {
        int k0 = key0;
        int k1 = key1;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * Integer.toUnsignedLong(words[0]);
            long product1 = MULTIPLIER_1 * Integer.toUnsignedLong(words[2]);
            words[0] = (int) (product1 >>> Integer.SIZE) ^ words[1] ^ k0;
            words[1] = (int) product1;
            words[2] = (int) (product0 >>> Integer.SIZE) ^ words[3] ^ k1;
            words[3] = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
    }
}
