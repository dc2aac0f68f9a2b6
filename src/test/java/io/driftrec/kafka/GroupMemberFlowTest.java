package io.driftrec.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the member fetches, and when it pauses. */
class GroupMemberFlowTest extends GroupMemberBench {
    @Test
    void shouldPauseWhileTheHandlerIsFullAndResumeWhenItIsNot() {
        handler.room(2);
        add(P0, 0, 8);
        member.turn();
        assertThat(handler.atWork()).containsExactly("requests-0@0", "requests-0@1");
        member.turn();
        assertThat(consumer.paused()).containsExactly(P0);
        assertThat(consumer.position(P0)).as("fetched ahead").isEqualTo(settings.maxPollRecords());
        assertThat(consumer.lastPollTimeout()).isLessThan(Duration.ofMillis(50));

        clock.advance(SECOND);
        acknowledged("requests-0@0");
        acknowledged("requests-0@1");
        member.turn();
        member.turn();
        assertThat(handler.atWork()).containsExactly("requests-0@2", "requests-0@3");
        assertThat(metrics.paused).isEqualTo(SECOND);

        handler.room(100);
        member.turn();
        member.turn();
        assertThat(consumer.paused()).isEmpty();
        assertThat(metrics.inFlight).isEqualTo(6);
    }

    @Test
    void shouldKeepToTheLimitInFlightWhenTheHandlerHasMoreRoom() {
        add(P0, 0, 20);
        member.turn();
        member.turn();
        member.turn();
        assertThat(handler.atWork()).hasSize(settings.maxInFlight());
        assertThat(consumer.paused()).containsExactly(P0);
    }

    @Test
    void shouldPauseNewPartitionsBeforeTheirFirstRecordWhenTheHandlerIsFull() {
        handler.room(1);
        add(P0, 0, 1);
        member.turn();
        consumer.rebalance(List.of(P0, P1));
        add(P1, 0, 3);
        member.turn();
        assertThat(consumer.paused()).containsExactlyInAnyOrder(P0, P1);
        assertThat(consumer.position(P1)).isZero();
    }

    @Test
    void shouldPauseOnlyThePartitionOfAStuckRecordWhenItsLedgerIsWide() {
        consumer.rebalance(List.of(P0, P1));
        for (int offset = 0; offset < settings.maxOpenOffsets(); offset += 2) {
            add(P0, offset, 2);
            member.turn();
            acknowledged("requests-0@" + (offset + 1));
            if (offset > 0) {
                acknowledged("requests-0@" + offset);
            }
        }
        member.turn();
        assertThat(consumer.paused()).containsExactly(P0);
        add(P1, 0, 1);
        member.turn();
        assertThat(handler.atWork()).containsExactly("requests-0@0", "requests-1@0");

        acknowledged("requests-0@0");
        member.turn();
        member.turn();
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void shouldTellTheLagIncludingWhatIsInFlight() {
        add(P0, 0, 4);
        consumer.updateEndOffsets(Map.of(P0, 9L));
        clock.advance(Duration.ofSeconds(10));
        member.turn();
        assertThat(metrics.lag).containsEntry("requests-0", 9L);
    }
}
