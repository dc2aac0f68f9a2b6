package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochOrderTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 17, 64, 535})
    void shouldTakeEveryImageOnceAnEpochInAnOrderOfItsOwn(int size) {
        List<Integer> first = epoch(0, size);
        List<Integer> second = epoch(1, size);

        assertThat(first).doesNotHaveDuplicates().hasSize(size).allMatch(image -> image >= 0 && image < size);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first);
        if (size > 16) {
            assertThat(second).isNotEqualTo(first);
        }
    }

    private static List<Integer> epoch(int epoch, int size) {
        return LongStream.range((long) epoch * size, (epoch + 1L) * size)
                .mapToObj(sample -> EpochOrder.image(sample, size, 5))
                .toList();
    }
}
