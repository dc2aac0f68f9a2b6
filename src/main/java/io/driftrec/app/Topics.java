package io.driftrec.app;

import io.driftrec.kafka.TopicSetup.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The topics of restoration. */
record Topics(String requests, String results, String deadLetters) {
    static final String REQUESTS = "driftrec.requests";
    static final String RESULTS = "driftrec.results";
    static final String DEAD_LETTERS = "driftrec.dead-letters";

    static final String MODELS = "driftrec.models";

    static Topics standard() {
        return new Topics(REQUESTS, RESULTS, DEAD_LETTERS);
    }

    /** As they are created where they are missing. */
    List<Topic> setup(int partitions) {
        return List.of(Topic.of(requests, partitions), Topic.of(results, partitions), Topic.of(deadLetters, 1));
    }

    /** The topic of models, whose newest record of each key is what it says: one partition, compacted. */
    static Topic models(String name) {
        return new Topic(name, 1, Optional.empty(), Map.of("cleanup.policy", "compact"));
    }
}
