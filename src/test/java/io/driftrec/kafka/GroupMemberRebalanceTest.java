package io.driftrec.kafka;

import static io.driftrec.kafka.ManualHandler.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to records when partitions move, and when the member leaves. */
class GroupMemberRebalanceTest extends GroupMemberBench {
    @Test
    void shouldCommitThePrefixAndDropWhatWaitsWhenAPartitionIsRevoked() {
        handler.room(3);
        add(P0, 0, 5);
        member.turn();
        acknowledged("requests-0@0");
        acknowledged("requests-0@2");

        consumer.rebalance(List.of(P1));
        assertThat(committed(P0)).isEqualTo(1);
        member.turn();
        assertThat(handler.atWork()).as("3 and 4 waited and are dropped").containsExactly("requests-0@1");
        assertThat(metrics.received).hasValue(3);
    }

    @Test
    void shouldNeverCommitACompletionOfAnEarlierAssignment() {
        add(P0, 0, 2);
        member.turn();
        consumer.rebalance(List.of(P1));
        consumer.rebalance(List.of(P0));
        consumer.seek(P0, 0);
        add(P0, 0, 2);
        handler.end("requests-0@0", event("old"));
        member.turn();
        assertThat(handler.atWork()).as("delivered again").containsExactly("requests-0@0", "requests-0@1");
        outcomes.acknowledge("old");
        nextCommit();
        assertThat(committed(P0)).isNull();

        acknowledged("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);
    }

    @Test
    void shouldNotCommitWhenAPartitionIsLost() {
        add(P0, 0, 2);
        member.turn();
        acknowledged("requests-0@0");
        member.onPartitionsLost(List.of(P0));
        nextCommit();
        assertThat(committed(P0)).isNull();
        assertThat(metrics.lag).isEmpty();
    }

    @Test
    void shouldGoOnWhenTheHandlerGivesBackWhatWentToAnother() {
        add(P0, 0, 1);
        member.turn();
        consumer.rebalance(List.of(P1));
        assertThat(handler.left()).containsExactly("requests-0");

        handler.end("requests-0@0", new Handled.GiveBack());
        member.turn();

        assertThat(member.failure()).isEmpty();
        assertThat(committed(P0)).isNull();
        assertThat(metrics.givenBack).hasValue(1);
    }

    @Test
    void shouldTellTheHandlerOfAPartitionThatWasLost() {
        add(P0, 0, 1);
        member.turn();
        member.onPartitionsLost(List.of(P0));

        assertThat(handler.left()).containsExactly("requests-0");
    }

    @Test
    void shouldCommitARecordThatAsksForNoAnswer() {
        add(P0, 0, 1);
        member.turn();
        handler.end("requests-0@0", new Handled.Unanswered());
        nextCommit();

        assertThat(committed(P0)).isEqualTo(1);
        assertThat(metrics.unanswered).hasValue(1);
        metrics.assertBalanced();
    }

    @Test
    void shouldBeginANewLedgerWhenThePositionGoesBack() {
        add(P0, 0, 3);
        member.turn();
        acknowledged("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);

        consumer.seek(P0, 0);
        handler.end("requests-0@1", event("old"));
        add(P0, 0, 1);
        member.turn();
        outcomes.acknowledge("old");
        member.turn();
        acknowledged("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);
    }

    @Test
    void shouldLeaveUnfinishedRecordsUncommittedWhenItDrainsAndLeaves() {
        handler.room(2);
        add(P0, 0, 5);
        member.turn();
        member.drain();
        acknowledged("requests-0@0");
        member.turn();
        assertThat(handler.atWork()).as("nothing new is begun").containsExactly("requests-0@1");
        assertThat(consumer.paused()).containsExactly(P0);

        handler.end("requests-0@1", new Handled.GiveBack());
        member.turn();
        assertThat(member.inFlight()).isZero();
        assertThat(member.failure()).isEmpty();
        member.leave(SECOND);
        assertThat(consumer.closed()).isTrue();
        assertThat(committed(P0)).isEqualTo(1);
        assertThat(metrics.givenBack).hasValue(1);
    }

    @Test
    void shouldCommitThePrefixWhenItLeavesWithRecordsInFlight() {
        add(P0, 0, 3);
        member.turn();
        acknowledged("requests-0@0");
        member.leave(SECOND);
        assertThat(committed(P0)).isEqualTo(1);
        assertThat(metrics.givenBack).hasValue(2);
        assertThat(metrics.inFlight).isZero();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void shouldCountARecordOnceWhenItEndsWhileTheMemberLeaves() {
        add(P0, 0, 2);
        member.turn();
        member.leave(SECOND);
        acknowledged("requests-0@0");
        member.onPartitionsRevoked(List.of(P0));
        assertThat(metrics.givenBack).hasValue(2);
        assertThat(metrics.published).hasValue(0);
        assertThat(committed(P0)).isNull();
    }
}
