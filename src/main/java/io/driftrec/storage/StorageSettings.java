package io.driftrec.storage;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the stores are opened.
 *
 * @param allowedSources what may be read; empty allows nothing
 * @param allowedTargets what may be written; empty allows nothing
 * @param s3Endpoint the server of {@code s3:} locations; Amazon's where absent
 * @param s3Region where absent: the SDK's own chain ({@code AWS_REGION}, profile), or {@code us-east-1} where an endpoint is set
 * @param s3PathStyle {@code endpoint/bucket/key} instead of {@code bucket.endpoint/key}
 * @param httpAllowed whether unencrypted {@code http:} sources may be read
 * @param privateAddressesAllowed whether HTTP(S) sources may be read from addresses that are not public
 * @param timeouts of S3 and HTTP(S)
 */
public record StorageSettings(
        List<LocationPrefix> allowedSources,
        List<LocationPrefix> allowedTargets,
        Optional<URI> s3Endpoint,
        Optional<String> s3Region,
        boolean s3PathStyle,
        boolean httpAllowed,
        boolean privateAddressesAllowed,
        Timeouts timeouts) {
    public StorageSettings {
        allowedSources = List.copyOf(allowedSources);
        allowedTargets = List.copyOf(allowedTargets);
        s3Endpoint.ifPresent(StorageSettings::checkEndpoint);
        if (s3Region.isPresent() && s3Region.get().isBlank()) {
            throw new IllegalArgumentException("s3Region is blank");
        }
    }

    /** Only these locations, everything else by default. */
    public static StorageSettings allowing(List<LocationPrefix> sources, List<LocationPrefix> targets) {
        return new StorageSettings(
                sources, targets, Optional.empty(), Optional.empty(), false, false, false, Timeouts.defaults());
    }

    /** The same servers with other allow-lists. */
    public StorageSettings withAllowed(List<LocationPrefix> sources, List<LocationPrefix> targets) {
        return new StorageSettings(
                sources, targets, s3Endpoint, s3Region, s3PathStyle, httpAllowed, privateAddressesAllowed, timeouts);
    }

    /** The allow-lists as a policy. */
    public LocationPolicy policy() {
        return new LocationPolicy(allowedSources, allowedTargets);
    }

    private static void checkEndpoint(URI endpoint) {
        String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || endpoint.getHost() == null) {
            throw new IllegalArgumentException("s3Endpoint is not of the form https://host[:port]: " + endpoint);
        }
    }

    /**
     * How long to wait.
     *
     * @param connect until the connection stands
     * @param response until the first byte, and between two bytes
     * @param total for the whole call: redirects, second attempts and the body included
     */
    public record Timeouts(Duration connect, Duration response, Duration total) {
        public Timeouts {
            checkPositive("connect", connect);
            checkPositive("response", response);
            checkPositive("total", total);
        }

        /** 5 seconds, 30 seconds, 2 minutes. */
        public static Timeouts defaults() {
            return new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2));
        }

        private static void checkPositive(String name, Duration timeout) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("the " + name + " timeout is not positive: " + timeout);
            }
        }
    }
}
