package io.driftrec.storage;

import io.driftrec.storage.StorageException.Reason;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which locations may be read and which may be written. What no entry allows is refused; the default allows nothing.
 *
 * @param sources what may be read
 * @param targets what may be written
 */
public record LocationPolicy(List<LocationPrefix> sources, List<LocationPrefix> targets) {
    public LocationPolicy {
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
    }

    /** The policy that refuses everything. */
    public static LocationPolicy nothing() {
        return new LocationPolicy(List.of(), List.of());
    }

    /** The location, if it may be read; otherwise {@link Reason#FORBIDDEN}. */
    public Location checkSource(URI uri) throws StorageException {
        return check(uri, sources.stream(), "source; --allow-source with a prefix of it would allow it");
    }

    /** The location, if it may be written; otherwise {@link Reason#FORBIDDEN}. */
    public Location checkTarget(URI uri) throws StorageException {
        return check(uri, targets.stream(), "target; --allow-target with a prefix of it would allow it");
    }

    /** The location, if its size may be asked: that of a source, or of a target that was written. */
    Location checkEither(URI uri) throws StorageException {
        return check(
                uri,
                Stream.concat(sources.stream(), targets.stream()),
                "source or target; --allow-source or --allow-target with a prefix of it would allow it");
    }

    /**
     * The prefix to list, if everything that starts with it may be read. An entry {@code s3://bucket/in} does not allow
     * {@code s3://bucket/input}: where a caller asks for the entry itself, what lies below it is listed.
     */
    Location checkListing(URI uri) throws StorageException {
        Location prefix = checkSource(uri);
        if (sources.stream().anyMatch(entry -> entry.allowsAllFrom(prefix))) {
            return prefix;
        }
        return new Location(prefix.scheme(), prefix.authority(), prefix.path() + "/", Optional.empty());
    }

    /** Whether any entry is of this scheme. */
    boolean mentions(String scheme) {
        return Stream.concat(sources.stream(), targets.stream())
                .anyMatch(entry -> entry.scheme().equals(scheme));
    }

    private static Location check(URI uri, Stream<LocationPrefix> entries, String what) throws StorageException {
        Location location = Location.parse(uri);
        if (entries.noneMatch(entry -> entry.allows(location))) {
            throw new StorageException(Reason.FORBIDDEN, uri, "not an allowed " + what);
        }
        return location;
    }
}
