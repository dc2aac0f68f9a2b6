package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.kafka.TopicSetup.Topic;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicsTest {
    /** Public contract. */
    @Test
    void shouldHaveTheNamesThatOthersRelyOn() {
        assertThat(Topics.standard())
                .isEqualTo(new Topics("driftrec.requests", "driftrec.results", "driftrec.dead-letters"));
    }

    @Test
    void shouldBeCreatedWithPartitionsForTheWorkAndOneForDeadLetters() {
        assertThat(new Topics("in", "out", "dead").setup(12))
                .containsExactly(Topic.of("in", 12), Topic.of("out", 12), Topic.of("dead", 1));
    }

    /** A new worker reads the newest version of each model, however long ago it was announced. */
    @Test
    void shouldCompactTheTopicOfModels() {
        assertThat(Topics.models(Topics.MODELS))
                .isEqualTo(new Topic("driftrec.models", 1, Optional.empty(), Map.of("cleanup.policy", "compact")));
    }
}
