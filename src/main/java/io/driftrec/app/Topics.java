package io.driftrec.app;

import io.driftrec.kafka.TopicSetup.Topic;
import java.util.List;

/** The topics of restoration. */
record Topics(String requests, String results, String deadLetters) {
    static final String REQUESTS = "driftrec.requests";
    static final String RESULTS = "driftrec.results";
    static final String DEAD_LETTERS = "driftrec.dead-letters";

    static Topics standard() {
        return new Topics(REQUESTS, RESULTS, DEAD_LETTERS);
    }

    /** As they are created where they are missing. */
    List<Topic> setup(int partitions) {
        return List.of(Topic.of(requests, partitions), Topic.of(results, partitions), Topic.of(deadLetters, 1));
    }
}
