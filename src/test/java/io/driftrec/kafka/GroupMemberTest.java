package io.driftrec.kafka;

import static io.driftrec.kafka.ManualHandler.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.message.DeadLetter.Reason;
import java.util.Set;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** How records end, and what is committed then. */
class GroupMemberTest extends GroupMemberBench {
    @Test
    void shouldCommitOnlyTheContiguousPrefixWhenRecordsCompleteOutOfOrder() {
        add(P0, 0, 3);
        member.turn();

        acknowledged("requests-0@2");
        acknowledged("requests-0@1");
        nextCommit();
        assertThat(committed(P0)).isNull();

        acknowledged("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(3);
        assertThat(metrics.published).hasValue(3);
    }

    @Test
    void shouldNotCommitBeforeTheEventIsAcknowledged() {
        add(P0, 0, 1);
        member.turn();
        handler.end("requests-0@0", event("a"));
        nextCommit();
        assertThat(committed(P0)).isNull();
        assertThat(member.inFlight()).isEqualTo(1);

        outcomes.acknowledge("a");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);
    }

    @Test
    void shouldCommitTheDeadLetterWhenItIsAcknowledged() {
        add(P0, 0, 1);
        member.turn();
        handler.end("requests-0@0", new Handled.DeadLetter(Reason.NOT_JSON, "no brace"));
        nextCommit();
        assertThat(committed(P0)).isNull();

        outcomes.acknowledge("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);
        assertThat(outcomes.letters())
                .containsExactly(new ManualOutcomes.Letter("requests-0@0", Reason.NOT_JSON, "no brace"));
        assertThat(metrics.deadLettered).hasValue(1);
    }

    @Test
    void shouldDeadLetterTheRecordWhenTheHandlerBreaksItsContract() {
        add(P0, 0, 1);
        member.turn();
        handler.breakContract("requests-0@0", new ArithmeticException("by zero"));
        outcomes.acknowledge("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);
        assertThat(outcomes.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(Reason.INTERNAL);
            assertThat(letter.message()).contains("by zero");
        });
    }

    @Test
    void shouldDeadLetterTheRecordWhenItsEventIsRefused() {
        add(P0, 0, 1);
        member.turn();
        handler.end("requests-0@0", event("a"));
        outcomes.fail("a", new UnpublishableException("results", new IllegalStateException("too large")));
        outcomes.acknowledge("requests-0@0");
        nextCommit();
        assertThat(committed(P0)).isEqualTo(1);
        assertThat(outcomes.letters()).singleElement().satisfies(letter -> assertThat(letter.message())
                .contains("too large"));
        assertThat(member.failure()).isEmpty();
    }

    @Test
    void shouldFailWhenTheHandlerGivesBackOutsideADrain() {
        add(P0, 0, 2);
        member.turn();
        handler.end("requests-0@0", new Handled.GiveBack());
        member.turn();
        assertThat(member.failure()).get().satisfies(failure -> assertThat(failure)
                .hasMessageContaining("gave back requests-0@0"));
    }

    @Test
    void shouldFailAndBeginNothingMoreWhenAnOutcomeCannotBePublished() {
        add(P0, 0, 1);
        member.turn();
        handler.end("requests-0@0", event("a"));
        outcomes.fail("a", new TopicAuthorizationException(Set.of("results")));
        member.turn();
        assertThat(member.failure()).get().satisfies(failure -> assertThat(failure)
                .hasRootCauseInstanceOf(TopicAuthorizationException.class));
        add(P0, 1, 1);
        member.turn();
        member.turn();
        assertThat(handler.atWork()).isEmpty();
        nextCommit();
        assertThat(committed(P0)).isNull();
    }

    @Test
    void shouldGoOnAfterADisturbance() {
        add(P0, 0, 1);
        consumer.setPollException(new DisconnectException("gone"));
        assertThatThrownBy(member::turn).isInstanceOf(DisconnectException.class);
        member.turn();
        assertThat(handler.atWork()).containsExactly("requests-0@0");
    }
}
