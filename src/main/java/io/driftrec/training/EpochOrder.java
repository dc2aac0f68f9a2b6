package io.driftrec.training;

import java.util.SplittableRandom;

/**
 * The order in which an epoch goes through the images: a pseudo-random permutation that is computed one element at a time, so that
 * no state needs to be kept or restored. A Feistel network of four rounds permutes the smallest power of four that holds all
 * images; what falls outside is permuted again (Black and Rogaway, "Ciphers with arbitrary finite domains", 2002).
 */
final class EpochOrder {
    private static final int ROUNDS = 4;

    private EpochOrder() {}

    /** Which of {@code size} images sample {@code index} takes: every image once in each run of {@code size} samples. */
    static int image(long index, int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed + index / size);
        long[] keys = random.longs(ROUNDS).toArray();
        int halfBits = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(size - 1) + 1) / 2);
        int value = (int) (index % size);
        do {
            value = permuted(value, halfBits, keys);
        } while (value >= size);
        return value;
    }

    private static int permuted(int value, int halfBits, long[] keys) {
        int mask = (1 << halfBits) - 1;
        int left = value >>> halfBits;
        int right = value & mask;
        for (long key : keys) {
            int mixed = (int) (new SplittableRandom(key ^ right).nextLong() & mask);
            int next = left ^ mixed;
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }
}
