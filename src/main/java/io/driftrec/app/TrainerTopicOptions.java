package io.driftrec.app;

import io.driftrec.kafka.TopicSetup.Topic;
import java.util.List;
import picocli.CommandLine.Option;

/** The topics of training. */
final class TrainerTopicOptions {
    static final String JOBS = "driftrec.training.jobs";
    static final String PROGRESS = "driftrec.training.progress";

    @Option(
            names = "--jobs-topic",
            paramLabel = "TOPIC",
            defaultValue = JOBS,
            description = "Default: ${DEFAULT-VALUE}.")
    private String jobs = JOBS;

    @Option(
            names = "--training-progress-topic",
            paramLabel = "TOPIC",
            defaultValue = PROGRESS,
            description = "What becomes of jobs (default: ${DEFAULT-VALUE}).")
    private String progress = PROGRESS;

    @Option(
            names = "--dead-letters-topic",
            paramLabel = "TOPIC",
            defaultValue = Topics.DEAD_LETTERS,
            description = "Default: ${DEFAULT-VALUE}.")
    private String deadLetters = Topics.DEAD_LETTERS;

    @Option(
            names = "--models-topic",
            paramLabel = "TOPIC",
            defaultValue = Topics.MODELS,
            description = "Where models are announced (default: ${DEFAULT-VALUE}).")
    private String models = Topics.MODELS;

    String jobs() {
        return jobs;
    }

    Trainer.Topics outgoing() {
        return new Trainer.Topics(progress, deadLetters, models);
    }

    /** As they are created where they are missing. */
    List<Topic> setup(int partitions) {
        return List.of(
                Topic.of(jobs, partitions), Topic.of(progress, 1), Topic.of(deadLetters, 1), Topics.models(models));
    }
}
