package io.driftrec.storage;

import java.net.URI;
import java.util.Optional;

/**
 * One entry of an allow-list. An entry that ends with {@code /} allows everything below it; another allows the object of exactly
 * that name and what lies below it at a {@code /}. {@code https://*} allows every host on the default port.
 *
 * @param scheme as in {@link Location}
 * @param authority as in {@link Location}, or {@code *}
 * @param path decoded, begins with {@code /}
 */
public record LocationPrefix(String scheme, String authority, String path) {
    private static final String ANY_HOST = "*";

    /**
     * Reads an option's value.
     *
     * @throws IllegalArgumentException naming the value and what is wrong with it
     */
    public static LocationPrefix parse(String text) {
        try {
            for (String scheme : new String[] {"https", "http"}) {
                if (text.equals(scheme + "://*") || text.equals(scheme + "://*/")) {
                    return new LocationPrefix(scheme, ANY_HOST, "/");
                }
            }
            Location location = Location.parse(URI.create(text));
            if (location.query().isPresent()) {
                throw new IllegalArgumentException("an allowed prefix has no query");
            }
            return new LocationPrefix(location.scheme(), location.authority(), location.path());
        } catch (StorageException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a location prefix: '" + text + "': " + e.getMessage(), e);
        }
    }

    /** Whether the entry allows the location. */
    boolean allows(Location location) {
        return isSamePlace(location)
                && (location.path().equals(path) || location.path().startsWith(asFolder()));
    }

    /** Whether the entry allows every location whose name starts with this one's. */
    boolean allowsAllFrom(Location prefix) {
        return isSamePlace(prefix) && prefix.path().startsWith(asFolder());
    }

    /** The path with a slash at its end. */
    String asFolder() {
        return path.endsWith("/") ? path : path + "/";
    }

    private boolean isSamePlace(Location location) {
        if (!scheme.equals(location.scheme())) {
            return false;
        }
        return authority.equals(ANY_HOST)
                ? !location.authority().matches(".*:[0-9]+")
                : authority.equals(location.authority());
    }

    @Override
    public String toString() {
        return authority.equals(ANY_HOST)
                ? scheme + "://*/"
                : new Location(scheme, authority, path, Optional.empty())
                        .toUri()
                        .toString();
    }
}
