package io.driftrec.storage;

import io.driftrec.storage.StorageException.Reason;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A location taken apart into the form in which locations are compared: two locations of the same object are equal, however they
 * were spelled (case of scheme and host, percent coding, default port, {@code file:/} or {@code file:///}).
 *
 * @param scheme {@code file}, {@code s3}, {@code http} or {@code https}
 * @param authority the bucket as given, or host and port in lower case without the scheme's default port; empty for {@code file}
 * @param path decoded once, begins with {@code /}
 * @param query as given; only HTTP(S) locations have one
 */
public record Location(String scheme, String authority, String path, Optional<String> query) {
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,253}[A-Za-z0-9]");
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
    private static final Pattern IPV6_LITERAL = Pattern.compile("\\[[0-9a-f:.]+]");
    private static final Pattern DOTTED_QUAD = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern NUMERIC_LABEL = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern ENCODED_SEPARATOR = Pattern.compile("%(2f|5c)", Pattern.CASE_INSENSITIVE);
    private static final Pattern STILL_ENCODED = Pattern.compile("%[0-9a-fA-F]{2}");

    /**
     * Takes a location apart.
     *
     * @throws StorageException {@link Reason#FORBIDDEN} where the spelling could mean another place to another reader
     */
    public static Location parse(URI uri) throws StorageException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean isHttp = scheme.equals("http") || scheme.equals("https");
        if (!isHttp && !scheme.equals("file") && !scheme.equals("s3")) {
            throw refused(uri, "the scheme is not one of file, s3, https");
        }
        if (uri.isOpaque() || uri.getRawPath() == null) {
            throw refused(uri, "not an absolute location such as " + scheme + "://...");
        }
        if (uri.getRawFragment() != null) {
            throw refused(uri, "a fragment (#...) is not allowed; write # as %23");
        }
        if (!isHttp && uri.getRawQuery() != null) {
            throw refused(uri, "a query (?...) is not allowed here; write ? as %3F");
        }
        String authority = isHttp ? host(uri, scheme) : scheme.equals("s3") ? bucket(uri) : noAuthority(uri);
        String path = path(uri);
        if (scheme.equals("file")) {
            path = path.replaceAll("/{2,}", "/");
        }
        return new Location(scheme, authority, path, Optional.ofNullable(uri.getRawQuery()));
    }

    /** The location of a key of a bucket, whatever characters the key holds. */
    static Location ofKey(String bucket, String key) {
        return new Location("s3", bucket, "/" + key, Optional.empty());
    }

    /** The canonical spelling. */
    public URI toUri() {
        String tail = query.map(text -> "?" + text).orElse("");
        return URI.create(scheme + "://" + authority + PercentCoding.encode(path) + tail);
    }

    /** Whether it names a folder rather than an object. */
    public boolean isFolder() {
        return path.endsWith("/");
    }

    private static String path(URI uri) throws StorageException {
        String raw = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        if (ENCODED_SEPARATOR.matcher(raw).find()) {
            throw refused(uri, "an encoded slash or backslash is not allowed");
        }
        String path;
        try {
            path = PercentCoding.decode(raw);
        } catch (CharacterCodingException e) {
            throw new StorageException(Reason.FORBIDDEN, uri, "the path is not percent-encoded UTF-8", e);
        }
        if (STILL_ENCODED.matcher(path).find()) {
            throw refused(uri, "the path is percent-encoded twice");
        }
        if (path.chars().anyMatch(character -> Character.isISOControl(character) || character == '\\')) {
            throw refused(uri, "a control character or backslash is not allowed");
        }
        // Some servers cut path parameters off a segment before they look for dots, so "..;x" counts as "..".
        boolean hasDots = Arrays.stream(path.split("/", -1))
                .map(segment -> segment.indexOf(';') < 0 ? segment : segment.substring(0, segment.indexOf(';')))
                .anyMatch(segment -> segment.equals(".") || segment.equals(".."));
        if (hasDots) {
            throw refused(uri, "the path segments . and .. are not allowed");
        }
        return path;
    }

    private static String noAuthority(URI uri) throws StorageException {
        if (uri.getRawAuthority() != null) {
            throw refused(uri, "a file location has no host: file:///...");
        }
        return "";
    }

    private static String bucket(URI uri) throws StorageException {
        String bucket = uri.getRawAuthority();
        if (bucket == null || !BUCKET.matcher(bucket).matches()) {
            throw refused(uri, "not of the form s3://bucket/key");
        }
        return bucket;
    }

    private static String host(URI uri, String scheme) throws StorageException {
        if (uri.getRawUserInfo() != null) {
            throw refused(uri, "user information in a location is not allowed");
        }
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (!HOST.matcher(host).matches() && !IPV6_LITERAL.matcher(host).matches()) {
            throw refused(uri, "not a plain host name (international names in punycode, no trailing dot)");
        }
        // 2130706433, 0177.0.0.1, 127.1 and 0x7f.1 are loopback to some resolvers: only the canonical spelling passes.
        String lastLabel = host.substring(host.lastIndexOf('.') + 1);
        if (NUMERIC_LABEL.matcher(lastLabel).matches()
                && !DOTTED_QUAD.matcher(host).matches()) {
            throw refused(uri, "an IPv4 address must be spelled as four decimal numbers");
        }
        int port = uri.getPort();
        if (port == 0 || port > 65535) {
            throw refused(uri, "port " + port + " does not exist");
        }
        boolean isDefault = port < 0 || port == (scheme.equals("https") ? 443 : 80);
        return isDefault ? host : host + ":" + port;
    }

    private static StorageException refused(URI uri, String detail) {
        return new StorageException(Reason.FORBIDDEN, uri, detail);
    }
}
