package io.driftrec.app;

import io.driftrec.storage.LocationPrefix;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Whether a worker takes up the versions of models that are published while it runs, and from where. */
final class FollowOptions {
    /** Whose announcements a worker heeds. */
    enum Followed {
        /** Nobody's. */
        OFF,
        /** Those of the models that it started with. */
        SERVED,
        /** Those of any model. */
        ALL
    }

    @Option(
            names = "--follow-models",
            arity = "0..1",
            paramLabel = "WHICH",
            defaultValue = "off",
            fallbackValue = "served",
            description =
                    "Take up new versions of models as they are announced: served (of the models that this worker started with), all (of "
                            + "any model) or off (default: ${DEFAULT-VALUE}; without a word: served).")
    private Followed followed = Followed.OFF;

    @Option(
            names = "--models-topic",
            paramLabel = "TOPIC",
            defaultValue = Topics.MODELS,
            description = "Where models are announced (default: ${DEFAULT-VALUE}).")
    private String topic = Topics.MODELS;

    @Option(
            names = "--allow-model",
            paramLabel = "PREFIX",
            split = ",",
            description =
                    "Announced models may be fetched from under this prefix, such as s3://models/; may be repeated. Always allowed is what "
                            + "--models names.")
    private List<String> prefixes = new ArrayList<>();

    @Option(
            names = "--keep-versions",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Versions of each model that stay loaded beside the current one, for requests that pin them (default: ${DEFAULT-VALUE}).")
    private int keptVersions = 1;

    boolean isOn() {
        return followed != Followed.OFF;
    }

    boolean isOfAllModels() {
        return followed == Followed.ALL;
    }

    String topic() {
        return topic;
    }

    int keptVersions() {
        return keptVersions;
    }

    /**
     * @throws CannotStart naming the prefix that is wrong
     */
    List<LocationPrefix> allowed() {
        try {
            return prefixes.stream().map(LocationPrefix::parse).toList();
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart("--allow-model: " + wrong.getMessage(), wrong);
        }
    }
}
