package io.driftrec.app;

import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.StorageSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            description = "The server of s3: locations, such as MinIO's or Ceph's (default: Amazon's).")
    private @Nullable URI s3Endpoint;

    @Option(
            names = "--s3-region",
            paramLabel = "REGION",
            description = "The region of s3: locations (default: as AWS tools find it).")
    private @Nullable String s3Region;

    @Option(
            names = "--s3-path-style",
            fallbackValue = "true",
            description = "Address buckets as endpoint/bucket; MinIO and Ceph usually need it.")
    private boolean s3PathStyle;

    @Option(names = "--allow-http", fallbackValue = "true", description = "Also read unencrypted http: sources.")
    private boolean httpAllowed;

    @Option(
            names = "--allow-private-addresses",
            fallbackValue = "true",
            description = "Also read HTTP(S) sources from private, loopback and link-local addresses.")
    private boolean privateAddressesAllowed;

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
            return new StorageSettings(
                    Stream.concat(more.stream(), sources.stream().map(LocationPrefix::parse))
                            .toList(),
                    targets.stream().map(LocationPrefix::parse).toList(),
                    Optional.ofNullable(s3Endpoint),
                    Optional.ofNullable(s3Region),
                    s3PathStyle,
                    httpAllowed,
                    privateAddressesAllowed,
                    StorageSettings.Timeouts.defaults());
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
