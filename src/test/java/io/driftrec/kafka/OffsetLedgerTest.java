package io.driftrec.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetLedgerTest {
    private final OffsetLedger ledger = new OffsetLedger();

    /** The definition, without any thought of speed: the first offset that is not complete, or the one after all. */
    private static final class NaiveLedger {
        private final SortedMap<Long, Boolean> completeByOffset = new TreeMap<>();
        private long committed = -1;

        OptionalLong committable() {
            if (completeByOffset.isEmpty()) {
                return OptionalLong.empty();
            }
            long watermark = completeByOffset.entrySet().stream()
                    .filter(entry -> !entry.getValue())
                    .mapToLong(SortedMap.Entry::getKey)
                    .findFirst()
                    .orElse(completeByOffset.lastKey() + 1);
            return watermark > Math.max(committed, completeByOffset.firstKey())
                    ? OptionalLong.of(watermark)
                    : OptionalLong.empty();
        }

        int span() {
            return completeByOffset.entrySet().stream()
                    .filter(entry -> !entry.getValue())
                    .findFirst()
                    .map(first -> completeByOffset.tailMap(first.getKey()).size())
                    .orElse(0);
        }
    }

    @Test
    void shouldHaveNothingToCommitWhenNothingIsComplete() {
        assertThat(ledger.committable()).isEmpty();
        ledger.open(7);
        ledger.open(8);
        assertThat(ledger.committable()).isEmpty();
        ledger.complete(8);
        assertThat(ledger.committable()).isEmpty();
        assertThat(ledger.span()).isEqualTo(2);
    }

    @Test
    void shouldCommitBehindGapsOfTheLog() {
        ledger.open(3);
        ledger.open(10);
        ledger.complete(3);
        assertThat(ledger.committable()).hasValue(10);
        ledger.complete(10);
        assertThat(ledger.committable()).hasValue(11);
    }

    @Test
    void shouldNotOfferTheSameOffsetAgainWhenItIsCommitted() {
        ledger.open(0);
        ledger.complete(0);
        ledger.committed(1);
        assertThat(ledger.committable()).isEmpty();
        ledger.open(1);
        ledger.complete(1);
        assertThat(ledger.committable()).hasValue(2);
    }

    @Test
    void shouldRefuseWhatWasNotOpened() {
        ledger.open(5);
        assertThat(ledger.accepts(5)).isFalse();
        assertThatThrownBy(() -> ledger.open(5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.complete(6)).hasMessageContaining("6 is not open");
        ledger.complete(5);
        assertThatThrownBy(() -> ledger.complete(5)).hasMessageContaining("5 is not open");
    }

    @Test
    void shouldAgreeWithTheDefinitionForEveryOrderOfSixCompletions() {
        List<List<Long>> orders = permutations(List.of(4L, 5L, 6L, 8L, 9L, 12L));
        assertThat(orders).hasSize(720);
        for (List<Long> order : orders) {
            OffsetLedger each = new OffsetLedger();
            NaiveLedger naive = new NaiveLedger();
            order.stream().sorted().forEach(offset -> {
                each.open(offset);
                naive.completeByOffset.put(offset, false);
            });
            for (long offset : order) {
                each.complete(offset);
                naive.completeByOffset.put(offset, true);
                assertThat(each.committable())
                        .as("after %d of %s", offset, order)
                        .isEqualTo(naive.committable());
                assertThat(each.span()).as("after %d of %s", offset, order).isEqualTo(naive.span());
            }
            assertThat(each.committable()).hasValue(13);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 20_261_123})
    void shouldAgreeWithTheDefinitionWhenOffsetsOpenCompleteAndCommitAtRandom(long seed) {
        Random random = new Random(seed);
        NaiveLedger naive = new NaiveLedger();
        List<Long> open = new ArrayList<>();
        long next = random.nextInt(100);
        for (int step = 0; step < 1_000; step++) {
            int choice = random.nextInt(5);
            if (choice < 2 || open.isEmpty()) {
                next += random.nextInt(10) == 0 ? random.nextInt(20) : 0;
                ledger.open(next);
                naive.completeByOffset.put(next, false);
                open.add(next++);
            } else if (choice < 4) {
                long offset = open.remove(random.nextInt(open.size()));
                ledger.complete(offset);
                naive.completeByOffset.put(offset, true);
            } else if (ledger.committable().isPresent()) {
                naive.committed = ledger.committable().getAsLong();
                ledger.committed(naive.committed);
            }
            assertThat(ledger.committable()).as("seed %d, step %d", seed, step).isEqualTo(naive.committable());
            assertThat(ledger.span()).as("seed %d, step %d", seed, step).isEqualTo(naive.span());
        }
    }

    private static List<List<Long>> permutations(List<Long> values) {
        if (values.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Long>> all = new ArrayList<>();
        for (long first : values) {
            List<Long> rest = new ArrayList<>(values);
            rest.remove(first);
            permutations(rest).forEach(tail -> {
                List<Long> one = new ArrayList<>(List.of(first));
                one.addAll(tail);
                all.add(one);
            });
        }
        return all;
    }
}
