package io.driftrec.app;

import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.StorageSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where images may come from and go to. */
final class StorageOptions {
    @Option(
            names = "--allow-source",
            paramLabel = "PREFIX",
            split = ",",
            description =
                    "Sources may be read under this prefix, such as s3://uploads/ or https://images.example.org/; may be repeated. "
                            + "Nothing is allowed by default.")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "--allow-target",
            paramLabel = "PREFIX",
            split = ",",
            description =
                    "Results may be written under this prefix, such as s3://restored/; may be repeated. Nothing is allowed by default.")
    private List<String> targets = new ArrayList<>();

    @Mixin
    private StoreOptions stores = new StoreOptions();

    /**
     * @throws CannotStart naming the prefix or endpoint that is wrong
     */
    StorageSettings settings() {
        return settings(List.of());
    }

    /**
     * @param source allowed besides those of the options
     * @throws CannotStart naming the prefix or endpoint that is wrong
     */
    StorageSettings settingsAlsoReading(LocationPrefix source) {
        return settings(List.of(source));
    }

    private StorageSettings settings(List<LocationPrefix> more) {
        try {
            return stores.settings(
                    Stream.concat(more.stream(), sources.stream().map(LocationPrefix::parse))
                            .toList(),
                    targets.stream().map(LocationPrefix::parse).toList());
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
