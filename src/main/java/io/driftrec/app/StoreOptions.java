package io.driftrec.app;

import io.driftrec.storage.LocationPrefix;
import io.driftrec.storage.StorageSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How object stores are reached. */
final class StoreOptions {
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
     * @throws CannotStart naming the endpoint that is wrong
     */
    StorageSettings settings(List<LocationPrefix> sources, List<LocationPrefix> targets) {
        try {
            return new StorageSettings(
                    sources,
                    targets,
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
