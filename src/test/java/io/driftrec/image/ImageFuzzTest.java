package io.driftrec.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files, by seeded chance: each is decoded or refused, and never costs more than its limits allow. */
class ImageFuzzTest {
    private static final int DAMAGED_COPIES = 300;
    private static final ImageLimits LIMITS = new ImageLimits(200_000, 1 << 20);
    private static final long MAX_ALLOCATION = 48L << 20;

    static Stream<String> files() {
        return Stream.concat(Fixture.all().stream(), Stream.of("animated.png", "animated.webp"));
    }

    @ParameterizedTest
    @MethodSource("files")
    @Timeout(60)
    void shouldDecodeOrRefuseWhenBytesAreDamaged(String name) {
        byte[] file = Fixture.bytes(name);
        long seed = name.hashCode();
        Random random = new Random(seed);
        int decoded = 0;
        for (int copy = 0; copy < DAMAGED_COPIES; copy++) {
            byte[] damaged = damaged(file, random);
            long before = Allocation.ofThisThread();
            try {
                Picture picture = ImageDecoder.decode(damaged, LIMITS);
                assertThat(picture.planes()).hasSize(3 * picture.pixels());
                decoded++;
            } catch (ImageRejectedException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | Error e) {
                throw new AssertionError(name + ", seed " + seed + ", copy " + copy + ": " + e, e);
            }
            assertThat(Allocation.ofThisThread() - before)
                    .as("%s, seed %d, copy %d", name, seed, copy)
                    .isLessThan(MAX_ALLOCATION);
        }
        assertThat(decoded).isLessThan(DAMAGED_COPIES);
    }

    private static byte[] damaged(byte[] file, Random random) {
        byte[] copy = file.clone();
        int flips = 1 + random.nextInt(4);
        for (int i = 0; i < flips; i++) {
            // most structure is at the start
            int reach = random.nextBoolean() ? Math.min(200, copy.length) : copy.length;
            int position = 2 + random.nextInt(reach - 2);
            copy[position] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : copy[position] ^ 1 << random.nextInt(8));
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(copy, random.nextInt(copy.length)) : copy;
    }
}
